CREATE TABLE orders (id bigint PRIMARY KEY, net integer);
ALTER TABLE orders ADD COLUMN gross integer GENERATED ALWAYS AS (net * 2) STORED;
