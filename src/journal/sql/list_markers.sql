SELECT run, name, name_missing, taken_at, lsn, timeline, system_identifier, database, in_flight,
       snapshot_xmin, wal_level, archive_mode, last_archived_wal, archiver_failing
FROM marker ORDER BY rowid
