CREATE TABLE t (id bigint PRIMARY KEY, a text, b varchar(20), c varchar(20));
-- next migration
-- lockstep: allow change-type-rewrites: small
ALTER TABLE t ALTER COLUMN a TYPE varchar(20);
-- lockstep: allow change-type-rewrites: small
ALTER TABLE t ALTER COLUMN b TYPE varchar(10);
ALTER TABLE t ALTER COLUMN c TYPE varchar(30);
-- rewrite differs: the columns that change places come last
