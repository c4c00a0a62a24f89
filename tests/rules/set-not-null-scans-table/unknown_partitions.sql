CREATE TABLE events (at timestamptz NOT NULL, what text) PARTITION BY RANGE (at);
-- next migration
ALTER TABLE events ALTER COLUMN what SET NOT NULL;
