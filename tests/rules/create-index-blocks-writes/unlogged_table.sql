CREATE UNLOGGED TABLE carts (id bigint PRIMARY KEY, seen_at timestamptz);
-- next migration
CREATE INDEX carts_seen_at_idx ON carts (seen_at);
