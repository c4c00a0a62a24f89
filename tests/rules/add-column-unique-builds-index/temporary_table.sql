CREATE TEMP TABLE staging (id bigint);
-- next migration
ALTER TABLE staging ADD COLUMN code text UNIQUE;
