CREATE TABLE orders (id bigint PRIMARY KEY, region text);
CREATE TABLE copies (id bigint PRIMARY KEY, region text);
-- next migration
DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE region IS NULL LIMIT 500);
INSERT INTO copies SELECT id, region FROM orders ORDER BY id LIMIT 500;
