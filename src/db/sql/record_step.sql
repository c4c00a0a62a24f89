-- $1 attempt, $2 position, $3 version, $4 direction, $5 text hash, $6 state
INSERT INTO {schema}.step AS s (
    attempt, position, version, direction, text_hash, state, finished_at)
VALUES ($1, $2::integer, $3, $4, $5, $6,
        CASE $6 WHEN 'running' THEN NULL ELSE pg_catalog.clock_timestamp() END)
ON CONFLICT (attempt, position) DO UPDATE
SET text_hash = excluded.text_hash,
    state = excluded.state,
    started_at = CASE excluded.state WHEN 'running' THEN excluded.started_at ELSE s.started_at END,
    finished_at = excluded.finished_at,
    backend_pid = excluded.backend_pid
