CREATE TABLE events (at timestamptz NOT NULL, no integer) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
-- next migration
ALTER TABLE ONLY events ADD CONSTRAINT events_key UNIQUE (at, no);
