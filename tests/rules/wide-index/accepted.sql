CREATE TABLE orders (id bigint PRIMARY KEY, shop bigint, day date, state text, channel text);
-- next migration
-- lockstep: allow wide-index: covers the one report of finance
CREATE INDEX CONCURRENTLY orders_all_idx ON orders (shop, day, state, channel);
