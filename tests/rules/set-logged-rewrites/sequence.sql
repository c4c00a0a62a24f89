-- server 15
CREATE SEQUENCE numbers;
-- next migration
ALTER SEQUENCE numbers SET UNLOGGED;
