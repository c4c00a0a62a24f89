\restrict abc
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.users (id bigint PRIMARY KEY, email text);
CREATE TABLE public.orders (id bigint PRIMARY KEY, user_id bigint, note varchar(20));
CREATE INDEX orders_note ON public.orders (note);
COPY public.users (id, email) FROM stdin;
1	a
\.
ALTER TABLE ONLY public.orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES public.users(id);
