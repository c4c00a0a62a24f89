CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- next migration
ALTER TABLE orders DROP COLUMN note;
