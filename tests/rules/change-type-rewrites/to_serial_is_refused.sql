CREATE TABLE orders (id integer PRIMARY KEY, total integer);
-- next migration
ALTER TABLE orders ALTER COLUMN id TYPE bigserial;
