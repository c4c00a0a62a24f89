CREATE TABLE orders (name text);
-- next migration
ALTER TABLE orders ADD COLUMN id serial PRIMARY KEY;
