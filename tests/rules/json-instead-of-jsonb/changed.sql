CREATE TABLE t (id bigint PRIMARY KEY, a text);
ALTER TABLE t ALTER COLUMN a TYPE json USING a::json;
