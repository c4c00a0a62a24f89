CREATE TABLE orders (id bigint PRIMARY KEY, shop bigint, day date, state text, channel text);
-- next migration
CREATE UNIQUE INDEX CONCURRENTLY orders_all_key ON orders (shop, day, state, channel);
