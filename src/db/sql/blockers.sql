-- $1 pid that waits. A prepared transaction has pid 0.
SELECT DISTINCT b.pid, a.application_name, a.usename,
       CASE b.pid WHEN 0 THEN 'prepared transaction' ELSE a.state END,
       pg_catalog.left(pg_catalog.regexp_replace(a.query, '\s+', ' ', 'g'), 100),
       (extract(epoch FROM pg_catalog.clock_timestamp() - coalesce(a.xact_start, a.state_change))
        * 1000)::bigint
FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids($1::integer)) AS b (pid)
LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = b.pid
ORDER BY 1
