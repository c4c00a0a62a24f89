CREATE TABLE clients (id bigint PRIMARY KEY, mail text);
-- next migration
ALTER TABLE clients ADD COLUMN mail_new text;
ALTER TABLE clients RENAME COLUMN mail_new TO email;
