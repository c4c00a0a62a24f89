CREATE TABLE t (id bigint PRIMARY KEY, a timestamptz, b date);
-- next migration
-- lockstep: allow change-type-rewrites: small
ALTER TABLE t ALTER COLUMN a TYPE date;
-- lockstep: allow change-type-rewrites: small
ALTER TABLE t ALTER COLUMN b TYPE timestamptz;
