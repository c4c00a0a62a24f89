SELECT s.attempt, s.position, s.version, s.direction, s.text_hash, s.state, s.backend_pid,
       pg_catalog.to_char(s.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
FROM {schema}.step AS s
WHERE NOT EXISTS (
    SELECT FROM {schema}.history AS h WHERE h.attempt = s.attempt AND h.outcome = 'done')
ORDER BY s.started_at, s.attempt, s.position
