CREATE TABLE customers (id bigint PRIMARY KEY, email text, country text);
-- next migration
ALTER TABLE customers ADD UNIQUE (email, country);
