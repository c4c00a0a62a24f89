CREATE TEMPORARY TABLE orders (id bigint PRIMARY KEY);
-- next migration
CLUSTER orders USING orders_pkey;
