-- rewrite is not complete: the server does not have the table
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);
