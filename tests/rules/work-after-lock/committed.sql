-- lockstep: no-transaction
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;
-- next migration
-- lockstep: no-transaction
ALTER TABLE orders ADD COLUMN state text;
UPDATE orders SET state = 'new';
