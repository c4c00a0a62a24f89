CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;
-- next migration
-- lockstep: allow works-under-lock: the table is empty by then
ALTER TABLE orders SET UNLOGGED;
