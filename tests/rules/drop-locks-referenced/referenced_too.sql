CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);
CREATE TABLE notes (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);
-- next migration
DROP TABLE orders;
-- next migration
DROP TABLE notes;
DROP TABLE customers;
