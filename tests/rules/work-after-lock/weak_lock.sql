CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;
-- next migration
ALTER TABLE orders SET (fillfactor = 70);
UPDATE orders SET note = 'new';
