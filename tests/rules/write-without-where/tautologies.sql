CREATE TABLE orders (id bigint PRIMARY KEY, state text);
-- next migration
DELETE FROM orders WHERE true;
-- next migration
UPDATE orders SET state = 'new' WHERE 1 = 1;
-- next migration
UPDATE orders SET state = 'new' WHERE 'a' = 'a';
