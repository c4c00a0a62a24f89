CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders DROP COLUMN IF EXISTS a;
