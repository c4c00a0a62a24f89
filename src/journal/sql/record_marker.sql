INSERT INTO marker (run, name, name_missing, taken_at, lsn, timeline, system_identifier, database,
                    in_flight, snapshot_xmin, wal_level, archive_mode, last_archived_wal,
                    archiver_failing)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
