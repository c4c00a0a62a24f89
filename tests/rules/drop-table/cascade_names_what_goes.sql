CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint REFERENCES customers);
CREATE VIEW names AS SELECT id FROM customers;
-- next migration
DROP TABLE customers CASCADE;
