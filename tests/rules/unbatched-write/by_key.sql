CREATE TABLE orders (id bigint PRIMARY KEY, number integer, year integer, UNIQUE (year, number));
-- next migration
UPDATE orders SET number = 3 WHERE id = 17;
DELETE FROM orders WHERE id IN (1, 2, 3);
DELETE FROM orders o WHERE o.year = 2020 AND 7 = o.number;
