CREATE TABLE t (id bigint PRIMARY KEY, a bigint, b integer);
-- next migration
-- lockstep: allow change-type-rewrites: small
ALTER TABLE t ALTER COLUMN a TYPE integer;
-- lockstep: allow change-type-rewrites: small
ALTER TABLE t ALTER COLUMN b TYPE bigint;
