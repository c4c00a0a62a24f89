CREATE TABLE orders (id bigint PRIMARY KEY, region text);
-- next migration
ALTER TABLE orders ADD COLUMN state text;
UPDATE orders SET state = 'new' WHERE id BETWEEN 1 AND 1000;
UPDATE orders SET state = 'new' WHERE id BETWEEN 1 AND 100000;
