CREATE TABLE events (id integer NOT NULL, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_other PARTITION OF events DEFAULT;
CREATE TABLE events_2024 (id integer NOT NULL, day date NOT NULL);
INSERT INTO events_2024 SELECT n, '2024-05-06' FROM generate_series(1, 100) AS n;
ALTER TABLE events_2024 ADD CHECK (day IS NOT NULL AND day >= '2024-01-01' AND day < '2025-01-01');
ALTER TABLE events_other ADD CHECK (NOT (day >= '2024-01-01' AND day < '2025-01-01' AND id > 5));
-- next migration
ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
