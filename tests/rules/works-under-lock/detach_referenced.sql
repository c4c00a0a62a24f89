CREATE TABLE orders (id bigint PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE orders_old PARTITION OF orders FOR VALUES FROM (0) TO (1000);
CREATE TABLE items (order_id bigint REFERENCES orders);
-- next migration
ALTER TABLE orders DETACH PARTITION orders_old;
