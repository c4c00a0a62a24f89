CREATE TABLE events (at timestamptz NOT NULL, what text, who bigint) PARTITION BY RANGE (at);
DO $$
BEGIN
    EXECUTE translate('CREATE TABLE events#1 PARTITION OF events DEFAULT', '#', chr(95));
END
$$;
CREATE INDEX events_at_idx ON events (at);
-- next migration
-- The history shows no partition, but there are some.
CREATE INDEX events_what_idx ON events (what);
CREATE INDEX events_only_idx ON ONLY events (what);
-- next migration
CREATE INDEX CONCURRENTLY events_1_who_idx ON events_1 (who);
-- next migration
-- It adopts what was built before.
CREATE INDEX events_who_idx ON events (who);
-- rewrite differs: the partitions have no index yet, nobody knows their names
