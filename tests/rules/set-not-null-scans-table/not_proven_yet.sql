CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- next migration
ALTER TABLE orders ADD CONSTRAINT here CHECK (note IS NOT NULL) NOT VALID;
-- next migration
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
