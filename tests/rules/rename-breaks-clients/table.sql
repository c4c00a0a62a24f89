CREATE TABLE clients (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE clients RENAME TO customers;
