CREATE SCHEMA archive;
CREATE TABLE archive.orders (id bigint PRIMARY KEY, note text);
-- next migration
CREATE TABLE public.orders (id bigint PRIMARY KEY, note text);
CREATE INDEX ON public.orders (note);
CREATE INDEX ON archive.orders (note);
