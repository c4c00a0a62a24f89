CREATE TABLE orders (id bigint PRIMARY KEY, region text);
-- next migration
ALTER TABLE orders ADD COLUMN state text;
UPDATE orders SET state = 'new' WHERE id IN (SELECT id FROM orders WHERE state IS NULL LIMIT 10000);
UPDATE orders SET state = 'new' WHERE id IN (SELECT id FROM orders WHERE state IS NULL LIMIT 10001);
