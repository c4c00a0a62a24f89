CREATE TABLE orders (id bigint PRIMARY KEY, code text);
-- next migration
-- The limit becomes a constraint.
-- rewrite differs
ALTER TABLE orders ALTER COLUMN code TYPE varchar(20);
