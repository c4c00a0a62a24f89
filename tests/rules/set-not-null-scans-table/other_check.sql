CREATE TABLE orders (id bigint PRIMARY KEY, note text CHECK (length(note) > 0 OR note IS NOT NULL));
-- next migration
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
