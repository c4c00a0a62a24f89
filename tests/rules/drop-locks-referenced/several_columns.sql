CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, note text);
-- next migration
ALTER TABLE orders DROP COLUMN customer_id, DROP COLUMN note;
