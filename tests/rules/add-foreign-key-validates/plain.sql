CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);
-- next migration
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers;
