CREATE TABLE orders (id bigint PRIMARY KEY, at timestamp);
INSERT INTO orders VALUES (1, '2026-01-01 12:00');
-- next migration
ALTER TABLE orders ALTER COLUMN at TYPE timestamptz USING at AT TIME ZONE 'UTC';
-- next migration
SET LOCAL timezone = 'UTC';
ALTER TABLE orders ALTER COLUMN at TYPE timestamp;
