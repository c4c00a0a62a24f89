CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;
-- next migration
ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE fast_disk;
