-- $1 key
SELECT l.pid, a.application_name, a.usename, a.state,
       pg_catalog.left(pg_catalog.regexp_replace(a.query, '\s+', ' ', 'g'), 100),
       (extract(epoch FROM pg_catalog.clock_timestamp() - a.backend_start) * 1000)::bigint,
       l.pid = pg_catalog.pg_backend_pid()
FROM pg_catalog.pg_locks AS l
LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
  AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d
                    WHERE d.datname = pg_catalog.current_database())
  AND ((l.classid::bigint << 32) | l.objid::bigint) = $1::bigint
