CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;
-- next migration
SELECT pg_catalog.set_config('search_path', '', false);
SELECT set_config('lock_timeout', '2s', true);
