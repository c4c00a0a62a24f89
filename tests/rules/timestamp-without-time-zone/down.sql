CREATE TABLE t (id bigint PRIMARY KEY);
-- next migration
SELECT 1;
-- down
ALTER TABLE t ADD COLUMN a timestamp;
