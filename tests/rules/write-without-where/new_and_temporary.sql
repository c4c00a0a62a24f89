CREATE TABLE orders (id bigint PRIMARY KEY, state text);
DELETE FROM orders;
CREATE TEMP TABLE t (id bigint);
DELETE FROM t;
