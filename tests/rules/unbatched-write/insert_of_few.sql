CREATE TABLE orders (id bigint PRIMARY KEY, region text);
-- next migration
INSERT INTO orders VALUES (1, 'a'), (2, 'b');
INSERT INTO orders SELECT 3, 'c';
INSERT INTO orders SELECT n, 'd' FROM generate_series(10, 20) AS n;
INSERT INTO orders SELECT v.id, v.region FROM (VALUES (4, 'e')) AS v (id, region);
WITH named AS (SELECT 5 AS id) INSERT INTO orders SELECT id, 'f' FROM named;
