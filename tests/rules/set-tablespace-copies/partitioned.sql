CREATE TABLE events (id integer NOT NULL, day date NOT NULL) PARTITION BY RANGE (day);
-- next migration
ALTER TABLE events SET TABLESPACE fast_disk;
