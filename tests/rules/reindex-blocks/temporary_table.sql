CREATE TEMP TABLE staging (id bigint PRIMARY KEY);
-- next migration
REINDEX TABLE staging;
