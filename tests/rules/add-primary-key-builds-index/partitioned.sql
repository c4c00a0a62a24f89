CREATE TABLE events (at timestamptz, no integer) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_default PARTITION OF events DEFAULT;
-- next migration
ALTER TABLE events ADD CONSTRAINT events_pkey PRIMARY KEY (at, no);
