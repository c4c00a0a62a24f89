CREATE TABLE orders (id bigint PRIMARY KEY, a text, b text);
-- next migration
ALTER TABLE orders
    DROP COLUMN a,
    DROP COLUMN b;
