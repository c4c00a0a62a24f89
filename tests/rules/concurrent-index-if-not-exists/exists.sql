-- rewrite differs: it builds what the statement only names
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;
CREATE INDEX orders_note_idx ON orders (id, note);
-- next migration
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_note_idx ON orders (note);
-- rewrite differs
