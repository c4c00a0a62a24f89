CREATE TABLE clients (id bigint PRIMARY KEY, mail text);
-- next migration
ALTER TABLE clients RENAME COLUMN mail TO email;
ALTER TABLE clients RENAME TO customers;
CREATE VIEW clients AS SELECT id, email AS mail FROM customers;
