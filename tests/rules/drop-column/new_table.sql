CREATE TABLE orders (id bigint PRIMARY KEY, a text);
ALTER TABLE orders DROP COLUMN a;
