CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;
CREATE TABLE log (id bigint);
-- next migration
ALTER TABLE log ADD COLUMN state text;
INSERT INTO log SELECT id FROM orders;
