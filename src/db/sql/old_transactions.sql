-- $1 table, or index of it, as SQL; NULL: only old snapshots count; $2 whether an index is built,
-- $3 whether statements may be shown. Transactions that a concurrent statement has to wait for:
-- those with a lock on the table that it conflicts with, and for a build those with a snapshot in
-- this database (indexcmds.c, WaitForOlderSnapshots: not VACUUM, and not a concurrent build of
-- another).
WITH wanted AS (
    SELECT coalesce((SELECT i.indrelid FROM pg_catalog.pg_index AS i
                     WHERE i.indexrelid = pg_catalog.to_regclass($1)),
                    pg_catalog.to_regclass($1)) AS relation
), holders AS (
    SELECT l.pid, l.virtualtransaction
    FROM pg_catalog.pg_locks AS l
    JOIN wanted AS w ON w.relation = l.relation
    JOIN pg_catalog.pg_database AS d
      ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.granted
      AND (NOT $2::boolean OR l.mode NOT IN ('AccessShareLock', 'RowShareLock', 'ShareLock'))
)
SELECT a.pid, a.application_name, a.usename, pg_catalog.host(a.client_addr), a.state,
       CASE WHEN a.backend_type <> 'client backend' THEN a.backend_type END,
       a.query ~ '\(to prevent wraparound\)$',
       concat_ws(': ', a.wait_event_type, a.wait_event),
       CASE WHEN $3::boolean
            THEN pg_catalog.left(pg_catalog.regexp_replace(a.query, '\s+', ' ', 'g'), 100) END,
       (extract(epoch FROM pg_catalog.clock_timestamp() - coalesce(a.xact_start, a.state_change))
        * 1000)::bigint,
       NULL
FROM pg_catalog.pg_stat_activity AS a
WHERE a.datname = pg_catalog.current_database() AND a.pid <> pg_catalog.pg_backend_pid()
  AND (a.backend_type <> 'autovacuum worker' OR a.query ~ '\(to prevent wraparound\)$')
  AND (a.pid IN (SELECT h.pid FROM holders AS h)
       OR ($2::boolean AND a.backend_xmin IS NOT NULL AND a.backend_type <> 'autovacuum worker'
           AND a.pid NOT IN (SELECT v.pid FROM pg_catalog.pg_stat_progress_vacuum AS v)
           AND a.pid NOT IN (SELECT c.pid FROM pg_catalog.pg_stat_progress_create_index AS c)))
UNION ALL
SELECT DISTINCT 0, x.gid, x.owner, NULL, 'prepared', 'prepared transaction', false, '', NULL,
       (extract(epoch FROM pg_catalog.clock_timestamp() - x.prepared) * 1000)::bigint,
       NULL
FROM holders AS h
JOIN pg_catalog.pg_locks AS t
  ON t.pid IS NULL AND t.granted AND t.locktype = 'transactionid'
 AND t.virtualtransaction = h.virtualtransaction
JOIN pg_catalog.pg_prepared_xacts AS x ON x.transaction = t.transactionid
WHERE h.pid IS NULL
ORDER BY 1
