-- server 18
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (customer_id bigint, CONSTRAINT f FOREIGN KEY (customer_id) REFERENCES customers NOT ENFORCED);
-- next migration
ALTER TABLE orders ALTER CONSTRAINT f ENFORCED;
