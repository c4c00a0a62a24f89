CREATE TABLE t (id bigint PRIMARY KEY, a numeric(10, 2), b numeric(10, 2), c numeric);
-- next migration
ALTER TABLE t ALTER COLUMN a TYPE numeric(12, 2);
-- lockstep: allow change-type-rewrites: small
ALTER TABLE t ALTER COLUMN b TYPE numeric(10, 4);
-- lockstep: allow change-type-rewrites: small
ALTER TABLE t ALTER COLUMN c TYPE numeric(10, 2);
