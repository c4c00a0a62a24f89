-- $1 pid of the session that builds an index. No row: it does not.
SELECT p.phase,
       CASE WHEN p.phase LIKE 'waiting%' THEN p.lockers_done
            WHEN p.phase LIKE '%loading tuples%' THEN p.tuples_done ELSE p.blocks_done END,
       CASE WHEN p.phase LIKE 'waiting%' THEN p.lockers_total
            WHEN p.phase LIKE '%loading tuples%' THEN p.tuples_total ELSE p.blocks_total END,
       CASE WHEN p.phase LIKE 'waiting%' THEN p.current_locker_pid ELSE 0 END
FROM pg_catalog.pg_stat_progress_create_index AS p
WHERE p.pid = $1::integer
