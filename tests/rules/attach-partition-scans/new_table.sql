CREATE TABLE events (id integer NOT NULL, day date NOT NULL) PARTITION BY RANGE (day);
-- next migration
CREATE TABLE events_2024 (id integer NOT NULL, day date NOT NULL);
ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
