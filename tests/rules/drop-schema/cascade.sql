CREATE SCHEMA legacy;
CREATE TABLE legacy.orders (id bigint PRIMARY KEY);
-- next migration
DROP SCHEMA legacy CASCADE;
