CREATE TABLE clients (id bigint PRIMARY KEY, mail text);
-- next migration
ALTER TABLE clients RENAME COLUMN mail TO email;
