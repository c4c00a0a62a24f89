-- The values in the order of the columns; marker is JSON.
INSERT INTO {schema}.history (
    format, attempt, run, version, name, direction, outcome, started_at, duration_ms, client,
    tool_version, checksum, token_checksum, down_sql, down_checksum, error, marker, kind)
VALUES (3, $1, $2, $3, $4, $5, $6, pg_catalog.clock_timestamp(), 0, $7, $8, $9, $10, $11, $12,
        $13, $14::jsonb, $15)
