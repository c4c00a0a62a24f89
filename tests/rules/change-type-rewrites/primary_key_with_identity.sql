CREATE TABLE orders (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text);
-- next migration
ALTER TABLE orders ALTER COLUMN id TYPE bigint;
