CREATE TABLE orders (id bigint PRIMARY KEY, region text);
-- next migration
UPDATE orders SET region = 'north' WHERE region IS NULL;
