CREATE TABLE a (id bigint PRIMARY KEY, v text);
-- next migration
EXPLAIN DELETE FROM a;
PREPARE gone AS DELETE FROM a;
