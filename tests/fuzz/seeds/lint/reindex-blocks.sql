4CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- next migration
REINDEX TABLE CONCURRENTLY orders;
-- next migration
REINDEX INDEX CONCURRENTLY orders_pkey;
