CREATE TEMP TABLE orders (id bigint PRIMARY KEY, total integer);
-- next migration
ALTER TABLE pg_temp.orders ADD CONSTRAINT positive CHECK (total > 0);
