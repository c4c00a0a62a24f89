-- server 15
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN code text COLLATE "C" UNIQUE NULLS DISTINCT;
