0CREATE TABLE customers (id bigint PRIMARY KEY, email text);
ALTER TABLE customers ADD UNIQUE (email);
