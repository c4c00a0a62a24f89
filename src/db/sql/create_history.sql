-- One row per attempt or event; rows are added and never changed. A row of a kind that format 2
-- does not know says 3.
CREATE TABLE {schema}.history (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    format smallint NOT NULL DEFAULT 2,
    attempt text NOT NULL,
    run text NOT NULL,
    version text NOT NULL,
    name text NOT NULL,
    direction text NOT NULL CHECK (direction IN ('up', 'down')),
    outcome text NOT NULL CHECK (outcome IN ('done', 'failed', 'stopped')),
    started_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    duration_ms bigint NOT NULL,
    applied_by text NOT NULL DEFAULT session_user,
    client text NOT NULL,
    tool_version text NOT NULL,
    checksum text NOT NULL,
    token_checksum text NOT NULL,
    down_sql text,
    down_checksum text,
    sqlstate text,
    error text,
    marker jsonb,
    kind text NOT NULL DEFAULT 'run'
        CHECK (kind IN ('run', 'baseline', 'accept', 'forget', 'settle', 'mend'))
)
