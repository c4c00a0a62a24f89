CREATE TEMP TABLE staging (net integer);
-- next migration
ALTER TABLE staging ADD COLUMN gross integer GENERATED ALWAYS AS (net * 2) STORED;
