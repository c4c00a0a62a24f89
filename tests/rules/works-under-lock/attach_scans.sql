CREATE TABLE events (day date) PARTITION BY RANGE (day);
CREATE TABLE events_old (day date);
-- next migration
ALTER TABLE events ATTACH PARTITION events_old FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
