CREATE TABLE orders (id bigint PRIMARY KEY, state text);
-- next migration
DELETE FROM orders WHERE id = 1 AND true;
DELETE FROM orders WHERE 1 = 2 AND id = 1;
DELETE FROM orders WHERE false AND id IN (1, 2);
