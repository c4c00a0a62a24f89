CREATE TABLE orders (id bigint PRIMARY KEY, region text);
INSERT INTO orders SELECT n, NULL FROM generate_series(1, 100) AS n;
UPDATE orders SET region = 'north' WHERE region IS NULL;
CREATE TEMP TABLE few (id bigint);
INSERT INTO orders SELECT id, 'few' FROM few;
