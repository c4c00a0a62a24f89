CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN note text;
-- down
DROP TABLE orders;
