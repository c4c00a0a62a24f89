-- $1 pid that is in the way, $2 pid that waits, $3 age in ms, $4 whether only a session that is idle
-- in its transaction, $5 whether it is known to be in the way although nobody waits. One row with
-- what was done; no row: it is not, or not any more, one to be cancelled. Another lockstep never is.
SELECT CASE WHEN a.state LIKE 'idle in transaction%' THEN 'terminated' ELSE 'cancelled' END,
       CASE WHEN a.state LIKE 'idle in transaction%' THEN pg_catalog.pg_terminate_backend(a.pid)
            ELSE pg_catalog.pg_cancel_backend(a.pid) END
FROM pg_catalog.pg_stat_activity AS a
WHERE a.pid = $1::integer AND a.backend_type = 'client backend'
  AND a.application_name NOT LIKE 'lockstep%'
  AND a.xact_start < pg_catalog.clock_timestamp() - $3::bigint * interval '1 millisecond'
  AND (NOT $4::boolean OR a.state LIKE 'idle in transaction%')
  AND ($5::boolean OR a.pid = ANY (pg_catalog.pg_blocking_pids($2::integer)))
