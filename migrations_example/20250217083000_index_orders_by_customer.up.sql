-- "My orders" got slow three weeks after launch. The table held 300 orders and nobody here knew
-- that a plain index build stops every checkout for as long as it runs.
CREATE INDEX orders_customer_id_idx ON orders (customer_id);
