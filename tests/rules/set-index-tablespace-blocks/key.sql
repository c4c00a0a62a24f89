CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;
-- next migration
ALTER INDEX orders_pkey SET TABLESPACE fast_disk;
