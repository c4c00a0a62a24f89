-- rewrite mends only its own finding
CREATE TABLE t (id bigint PRIMARY KEY, a integer);
-- next migration
-- lockstep: allow change-type-rewrites: small
ALTER TABLE t ALTER COLUMN a TYPE bigint;
-- down
-- lockstep: allow change-type-rewrites: small
ALTER TABLE t ALTER COLUMN a TYPE integer;
