CREATE TEMPORARY TABLE staging (email text);
-- next migration
ALTER TABLE staging ADD UNIQUE (email);
