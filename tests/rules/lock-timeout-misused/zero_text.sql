CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;
-- next migration
SET LOCAL lock_timeout = '0ms';
ALTER TABLE orders ADD COLUMN a text;
