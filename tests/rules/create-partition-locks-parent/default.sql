CREATE TABLE events (id integer NOT NULL, day date NOT NULL) PARTITION BY RANGE (day);
-- next migration
CREATE TABLE events_other PARTITION OF events DEFAULT;
