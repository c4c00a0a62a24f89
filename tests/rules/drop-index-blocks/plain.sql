CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;
CREATE INDEX orders_note_idx ON orders (note);
-- next migration
DROP INDEX orders_note_idx;
