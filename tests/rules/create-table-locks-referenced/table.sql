CREATE TABLE customers (id bigint PRIMARY KEY);
-- next migration
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, FOREIGN KEY (customer_id) REFERENCES customers);
