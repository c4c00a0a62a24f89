CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (customer_id bigint, CONSTRAINT f FOREIGN KEY (customer_id) REFERENCES customers);
-- next migration
ALTER TABLE orders ALTER CONSTRAINT f DEFERRABLE;
