CREATE TABLE customers (id bigint PRIMARY KEY, email text);
-- next migration
SAVEPOINT before;
DROP TABLE customers;
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
ROLLBACK TO SAVEPOINT before;
ALTER TABLE customers ADD CONSTRAINT customers_email_key UNIQUE (email);
