CREATE TABLE events (id integer NOT NULL, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_other PARTITION OF events DEFAULT;
ALTER TABLE events_other ADD CHECK (NOT (day >= '2025-01-01' AND day < '2026-01-01'));
-- next migration
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
