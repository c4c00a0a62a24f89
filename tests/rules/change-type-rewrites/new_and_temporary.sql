CREATE TABLE orders (id integer PRIMARY KEY);
ALTER TABLE orders ALTER COLUMN id TYPE bigint;
CREATE TEMP TABLE staging (id integer);
ALTER TABLE staging ALTER COLUMN id TYPE bigint;
