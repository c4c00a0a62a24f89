CREATE TABLE t (id bigint PRIMARY KEY);
-- next migration
SELECT 1;
-- down
CREATE TABLE u (id bigint PRIMARY KEY, a json);
