CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;
-- next migration
RESET lock_timeout;
ALTER TABLE orders ADD COLUMN a text;
