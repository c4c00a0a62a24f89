CREATE TABLE orders (id bigint PRIMARY KEY, number integer, year integer, UNIQUE (year, number));
-- next migration
DELETE FROM orders WHERE year = 2020;
