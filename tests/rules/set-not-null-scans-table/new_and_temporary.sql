CREATE TABLE orders (id bigint PRIMARY KEY, note text);
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
CREATE TEMP TABLE staging (note text);
ALTER TABLE staging ALTER COLUMN note SET NOT NULL;
