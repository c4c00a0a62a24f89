CREATE TABLE orders (id bigint PRIMARY KEY, note text);
ALTER TABLE orders ADD CONSTRAINT here CHECK (note IS NOT NULL);
-- next migration
ALTER TABLE orders ALTER COLUMN note SET NOT NULL, DROP CONSTRAINT here;
