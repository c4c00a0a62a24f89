CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- next migration
REINDEX TABLE public.orders;
