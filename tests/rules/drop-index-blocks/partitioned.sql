CREATE TABLE events (id integer NOT NULL, day date NOT NULL) PARTITION BY RANGE (day);
CREATE INDEX events_day_idx ON events (day);
-- next migration
DROP INDEX events_day_idx;
