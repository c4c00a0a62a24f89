CREATE TABLE orders (id bigint PRIMARY KEY, b text);
-- next migration
ALTER TABLE orders ADD COLUMN a text;
-- down
ALTER TABLE orders DROP COLUMN b;
