CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint REFERENCES customers);
CREATE TABLE lines (id bigint PRIMARY KEY, of_order bigint REFERENCES orders);
-- next migration
TRUNCATE customers CASCADE;
