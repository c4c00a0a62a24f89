-- The values in the order of the columns; $7 is what the attempt took before this transaction, in
-- milliseconds; marker is JSON.
INSERT INTO {schema}.history (
    attempt, run, version, name, direction, outcome, started_at, duration_ms, client,
    tool_version, checksum, token_checksum, down_sql, down_checksum, sqlstate, error, marker)
VALUES ($1, $2, $3, $4, $5, $6,
        pg_catalog.now() - $7::bigint * interval '1 millisecond',
        $7::bigint + (pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - pg_catalog.now())
                      * 1000)::bigint,
        $8, $9, $10, $11, $12, $13, $14, $15, $16::jsonb)
RETURNING id
