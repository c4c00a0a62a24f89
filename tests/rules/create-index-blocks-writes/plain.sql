CREATE TABLE orders (id bigint PRIMARY KEY, placed_at timestamptz);
-- next migration
CREATE INDEX ON orders (placed_at);
