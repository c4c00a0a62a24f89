CREATE SCHEMA legacy;
-- next migration
DROP SCHEMA legacy;
