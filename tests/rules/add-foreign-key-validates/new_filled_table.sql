CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE old_orders (id bigint PRIMARY KEY, customer_id bigint);
-- next migration
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);
INSERT INTO orders SELECT id, customer_id FROM old_orders;
CREATE INDEX ON orders (customer_id);
ALTER TABLE orders ADD CONSTRAINT c FOREIGN KEY (customer_id) REFERENCES customers;
