CREATE TABLE t (id bigint PRIMARY KEY, a bigint);
-- next migration
-- lockstep: allow change-type-rewrites: small
ALTER TABLE t ALTER COLUMN a TYPE integer USING least(a, 2147483647)::integer;
