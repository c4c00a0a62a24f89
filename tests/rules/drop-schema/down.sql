CREATE SCHEMA legacy;
CREATE TABLE legacy.orders (id bigint PRIMARY KEY);
-- down
DROP SCHEMA legacy CASCADE;
