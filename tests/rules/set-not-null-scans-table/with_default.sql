CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- next migration
-- meanwhile: INSERT INTO orders (id) SELECT coalesce(max(id), 0) + 1 FROM orders
ALTER TABLE orders ALTER COLUMN note SET DEFAULT '',
    ALTER COLUMN note SET NOT NULL;
