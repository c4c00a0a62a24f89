CREATE TABLE IF NOT EXISTS run (
    id TEXT PRIMARY KEY,
    system_identifier TEXT NOT NULL,
    database TEXT NOT NULL,
    server TEXT NOT NULL,
    command TEXT NOT NULL,
    tool_version TEXT NOT NULL,
    user TEXT NOT NULL,
    outcome TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT
) STRICT
