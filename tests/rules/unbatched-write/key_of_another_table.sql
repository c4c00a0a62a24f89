CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint);
CREATE TABLE customers (id bigint PRIMARY KEY);
-- next migration
DELETE FROM orders USING customers WHERE orders.customer = customers.id AND customers.id = 3;
