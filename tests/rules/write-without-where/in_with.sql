CREATE TABLE a (id bigint PRIMARY KEY, v text);
CREATE TABLE b (id bigint PRIMARY KEY, v text);
-- next migration
WITH gone AS (DELETE FROM a RETURNING id, v) INSERT INTO b SELECT id, v FROM gone;
