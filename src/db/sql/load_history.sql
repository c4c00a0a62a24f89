-- {down_sql} and {marker} are the columns of those names, or less where they are not needed; {kind} is the column of that name, or 'run' where an older table has none. Times are in microseconds, which takes the server a tenth of what words take it.
SELECT h.id, h.attempt, h.run, h.version, h.name, h.direction, h.outcome,
       (pg_catalog.date_part('epoch', h.started_at) * 1000000::float8)::bigint,
       (pg_catalog.date_part('epoch', h.finished_at) * 1000000::float8)::bigint,
       h.duration_ms, h.applied_by, h.client, h.tool_version, h.checksum, h.token_checksum,
       {down_sql}, h.down_checksum, h.sqlstate, h.error, {marker}, h.format,
       {kind}
FROM {schema}.history AS h
ORDER BY h.id
