CREATE TABLE IF NOT EXISTS marker (
    run TEXT PRIMARY KEY REFERENCES run (id),
    name TEXT,
    name_missing TEXT,
    taken_at TEXT NOT NULL,
    lsn TEXT NOT NULL,
    timeline INTEGER NOT NULL,
    system_identifier TEXT NOT NULL,
    database TEXT NOT NULL,
    in_flight INTEGER NOT NULL,
    snapshot_xmin TEXT NOT NULL,
    wal_level TEXT NOT NULL,
    archive_mode TEXT NOT NULL,
    last_archived_wal TEXT,
    archiver_failing INTEGER NOT NULL
) STRICT
