CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- next migration
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
-- next migration
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_note_idx ON orders (note);
