CREATE TABLE orders (id bigint PRIMARY KEY, shop bigint, number integer, weight numeric UNIQUE, region text, UNIQUE (shop, number));
-- next migration
UPDATE orders SET region = 'n' WHERE id BETWEEN 1 AND 1000;
UPDATE orders SET region = 'n' WHERE id > 1000 AND id <= 2000 AND region IS NULL;
DELETE FROM orders o WHERE o.shop = 7 AND o.number >= 0 AND o.number < 500;
UPDATE orders SET region = 'n' WHERE id BETWEEN 1 AND 10000000;
UPDATE orders SET region = 'n' WHERE number BETWEEN 1 AND 10;
UPDATE orders SET region = 'n' WHERE weight BETWEEN 1 AND 10;
UPDATE orders SET region = 'n' WHERE id > 1000 AND shop <= 2000;
UPDATE orders SET region = 'n' WHERE id > 1000;
UPDATE orders SET region = 'n' WHERE id BETWEEN 1 AND 1000 OR region IS NULL;
