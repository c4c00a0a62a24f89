CREATE TABLE t (id bigint PRIMARY KEY, a bigint);
ALTER TABLE t ALTER COLUMN a TYPE integer;
