CREATE TABLE orders (id bigint PRIMARY KEY, region text);
CREATE TABLE copies (id bigint PRIMARY KEY, region text);
-- next migration
DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE region IS NULL LIMIT 50000);
DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE region IS NULL LIMIT 50001);
INSERT INTO copies SELECT id, region FROM orders ORDER BY id LIMIT 1000000;
DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE region IS NULL LIMIT ALL);
UPDATE orders SET region = 'n' WHERE id IN (SELECT id FROM orders ORDER BY id LIMIT (SELECT count(*) / 10 FROM copies));
