CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;
-- next migration
SELECT set_config('lock_timeout', '0', true);
ALTER TABLE orders ADD COLUMN a text;
