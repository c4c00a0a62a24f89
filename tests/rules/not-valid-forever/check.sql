CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;
-- next migration
ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID;
