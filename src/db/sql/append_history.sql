-- The values in the order of the columns; marker is JSON.
INSERT INTO {schema}.history (
    attempt, run, version, name, direction, outcome, started_at, duration_ms, client,
    tool_version, checksum, token_checksum, down_sql, down_checksum, sqlstate, error, marker)
VALUES ($1, $2, $3, $4, $5, $6, $7::timestamptz, $8::bigint, $9,
        $10, $11, $12, $13, $14, $15, $16, $17::jsonb)
