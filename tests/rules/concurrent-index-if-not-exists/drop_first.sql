CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;
-- next migration
DROP INDEX CONCURRENTLY IF EXISTS orders_note_idx;
-- next migration
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
