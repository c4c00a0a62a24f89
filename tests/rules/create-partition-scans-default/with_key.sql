CREATE TABLE events (id integer NOT NULL DEFAULT 3, day date NOT NULL, note text CHECK (note <> ''), PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE INDEX ON events (note);
CREATE TABLE events_other PARTITION OF events DEFAULT;
-- next migration
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
