CREATE TABLE public.orders (id bigint PRIMARY KEY, note varchar(20));
CREATE TABEL public.users (id bigint);
CREATE INDEX orders_note ON public.orders (note);
