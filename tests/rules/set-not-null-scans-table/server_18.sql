-- server 18
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- next migration
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
