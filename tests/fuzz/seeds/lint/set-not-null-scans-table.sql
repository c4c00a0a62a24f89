0CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL);
-- next migration
ALTER TABLE orders ALTER note SET NOT NULL, ALTER COLUMN id SET NOT NULL;
