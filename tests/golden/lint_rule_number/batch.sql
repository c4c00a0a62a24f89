SET lock_timeout = '3s';
DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE paid IS NULL LIMIT 1000);
DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE paid IS NULL LIMIT 1001);
CREATE INDEX CONCURRENTLY orders_by_day_and_shop ON orders (day, shop);
ALTER TABLE orders ADD COLUMN note text;
DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE paid IS NULL LIMIT 600);
