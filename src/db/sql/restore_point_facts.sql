-- The timeline comes from a file name: pg_control_checkpoint() lags behind after a promotion.
-- A transaction that has written holds a lock on its own id, which everybody may see.
SELECT pg_catalog.to_char(pg_catalog.clock_timestamp() AT TIME ZONE 'UTC',
                          'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
       pg_catalog.pg_current_wal_insert_lsn(),
       ('x' || pg_catalog.left(pg_catalog.pg_walfile_name(
           pg_catalog.pg_current_wal_insert_lsn()), 8))::bit(32)::bigint,
       (pg_catalog.pg_control_system()).system_identifier,
       pg_catalog.current_database(),
       (SELECT pg_catalog.count(DISTINCT l.virtualtransaction)
        FROM pg_catalog.pg_locks AS l
        WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
          AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid()),
       pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot()),
       pg_catalog.current_setting('wal_level'),
       pg_catalog.current_setting('archive_mode'),
       s.last_archived_wal,
       s.last_failed_time > coalesce(s.last_archived_time, '-infinity')
FROM pg_catalog.pg_stat_archiver AS s
