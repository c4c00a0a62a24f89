CREATE TABLE orders (id bigint PRIMARY KEY, placed_at timestamptz);
-- next migration
CREATE INDEX CONCURRENTLY orders_placed_at_idx ON orders (placed_at);
