CREATE TABLE orders (id bigint PRIMARY KEY, shop bigint, day date, state text, channel text);
-- next migration
CREATE INDEX CONCURRENTLY orders_shop_idx ON orders (shop, day) INCLUDE (state, channel);
