CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
-- next migration
TRUNCATE a, b RESTART IDENTITY;
