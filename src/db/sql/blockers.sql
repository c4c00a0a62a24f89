-- $1 pid that waits, $2 whether statements may be shown. A prepared transaction has pid 0: those
-- that hold what the session waits for.
SELECT b.pid, a.application_name, a.usename, pg_catalog.host(a.client_addr), a.state,
       CASE WHEN a.backend_type <> 'client backend' THEN a.backend_type END,
       a.query ~ '\(to prevent wraparound\)$',
       concat_ws(': ', a.wait_event_type, a.wait_event),
       CASE WHEN $2::boolean
            THEN pg_catalog.left(pg_catalog.regexp_replace(a.query, '\s+', ' ', 'g'), 100) END,
       (extract(epoch FROM pg_catalog.clock_timestamp() - coalesce(a.xact_start, a.state_change))
        * 1000)::bigint,
       (SELECT min(l.virtualtransaction) FROM pg_catalog.pg_locks AS l WHERE l.pid = b.pid)
FROM (SELECT DISTINCT u.pid
      FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids($1::integer)) AS u (pid)) AS b
LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = b.pid
WHERE b.pid <> 0
UNION ALL
SELECT DISTINCT 0, x.gid, x.owner, NULL, 'prepared', 'prepared transaction', false, '', NULL,
       (extract(epoch FROM pg_catalog.clock_timestamp() - x.prepared) * 1000)::bigint,
       h.virtualtransaction
FROM pg_catalog.pg_locks AS w
JOIN pg_catalog.pg_locks AS h
  ON h.pid IS NULL AND h.granted AND h.locktype = w.locktype
 AND h.database IS NOT DISTINCT FROM w.database AND h.relation IS NOT DISTINCT FROM w.relation
 AND h.page IS NOT DISTINCT FROM w.page AND h.tuple IS NOT DISTINCT FROM w.tuple
 AND h.transactionid IS NOT DISTINCT FROM w.transactionid
JOIN pg_catalog.pg_locks AS t
  ON t.pid IS NULL AND t.granted AND t.locktype = 'transactionid'
 AND t.virtualtransaction = h.virtualtransaction
JOIN pg_catalog.pg_prepared_xacts AS x ON x.transaction = t.transactionid
WHERE w.pid = $1::integer AND NOT w.granted
  AND 0 = ANY (pg_catalog.pg_blocking_pids($1::integer))
ORDER BY 1
