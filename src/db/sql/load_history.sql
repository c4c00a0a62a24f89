-- In braces: down_sql is the column of that name, or less where it is not needed; kind is the column,
-- or 'run' where an older table has none; attempt is attempt_columns.sql, or nothing. Times are in
-- microseconds, which takes the server a tenth of what words take it.
SELECT h.id, h.version, h.name, h.direction, h.outcome,
       (pg_catalog.date_part('epoch', h.finished_at) * 1000000::float8)::bigint,
       h.duration_ms, h.applied_by, h.tool_version, h.checksum, h.token_checksum,
       {down_sql}, h.format, {kind}{attempt}
FROM {schema}.history AS h
ORDER BY h.id
