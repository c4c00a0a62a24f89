CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN a text;
-- down
ALTER TABLE orders DROP COLUMN a;
