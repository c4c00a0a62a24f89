-- One row per attempt; rows are added and never changed.
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
    marker jsonb
)
