CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;
CREATE INDEX a_idx ON orders (note);
CREATE INDEX b_idx ON orders (note, id);
-- next migration
DROP INDEX a_idx, b_idx;
