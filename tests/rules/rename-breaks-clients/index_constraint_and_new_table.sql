CREATE TABLE clients (id bigint PRIMARY KEY, mail text, CONSTRAINT c UNIQUE (mail));
CREATE INDEX i ON clients (mail);
CREATE SEQUENCE s;
-- next migration
ALTER INDEX i RENAME TO j;
ALTER TABLE clients RENAME CONSTRAINT c TO d;
ALTER SEQUENCE s RENAME TO t;
CREATE TABLE fresh (id bigint PRIMARY KEY, a text);
ALTER TABLE fresh RENAME COLUMN a TO b;
ALTER TABLE fresh RENAME TO fresher;
