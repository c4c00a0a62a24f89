CREATE TEMP TABLE staging (id bigint PRIMARY KEY);
-- next migration
VACUUM FULL staging;
