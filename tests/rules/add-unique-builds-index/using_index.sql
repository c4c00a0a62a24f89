CREATE TABLE customers (id bigint PRIMARY KEY, email text);
-- next migration
CREATE UNIQUE INDEX CONCURRENTLY customers_email_key ON customers (email);
-- next migration
ALTER TABLE customers ADD CONSTRAINT customers_email_key UNIQUE USING INDEX customers_email_key;
