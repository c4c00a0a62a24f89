-- One row per step of an attempt that cannot be one transaction.
CREATE TABLE {schema}.step (
    attempt text NOT NULL,
    position integer NOT NULL,
    version text NOT NULL,
    direction text NOT NULL CHECK (direction IN ('up', 'down')),
    text_hash text NOT NULL,
    state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    started_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    finished_at timestamptz,
    backend_pid integer NOT NULL DEFAULT pg_catalog.pg_backend_pid(),
    PRIMARY KEY (attempt, position)
)
