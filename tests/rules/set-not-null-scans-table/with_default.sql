CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- next migration
ALTER TABLE orders ALTER COLUMN note SET DEFAULT '',
    ALTER COLUMN note SET NOT NULL;
