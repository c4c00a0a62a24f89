CREATE TABLE events (id integer NOT NULL, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_other PARTITION OF events DEFAULT;
CREATE TABLE events_2024 (id integer NOT NULL, day date NOT NULL);
INSERT INTO events_2024 SELECT n, '2024-05-06' FROM generate_series(1, 100) AS n;
-- next migration
ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
