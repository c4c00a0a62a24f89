CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN code text;
-- next migration
CREATE UNIQUE INDEX CONCURRENTLY code_idx ON orders (code);
