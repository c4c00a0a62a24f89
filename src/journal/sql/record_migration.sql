INSERT INTO migration (run, version, direction, name, outcome, sqlstate, error, recorded_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
ON CONFLICT (run, version, direction) DO UPDATE
SET outcome = excluded.outcome, sqlstate = excluded.sqlstate, error = excluded.error,
    recorded_at = excluded.recorded_at
