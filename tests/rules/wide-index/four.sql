CREATE TABLE orders (id bigint PRIMARY KEY, shop bigint, day date, state text, channel text);
-- next migration
CREATE INDEX CONCURRENTLY orders_all_idx ON orders (shop, day, state, channel);
