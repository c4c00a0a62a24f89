-- {down_sql} and {marker} are the columns of those names, or less where they are not needed; {kind} is the column of that name, or 'run' where an older table has none.
SELECT h.id, h.attempt, h.run, h.version, h.name, h.direction, h.outcome,
       pg_catalog.to_char(h.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
       pg_catalog.to_char(h.finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
       h.duration_ms, h.applied_by, h.client, h.tool_version, h.checksum, h.token_checksum,
       {down_sql}, h.down_checksum, h.sqlstate, h.error, {marker}, h.format,
       {kind}
FROM {schema}.history AS h
ORDER BY h.id
