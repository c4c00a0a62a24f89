CREATE TABLE IF NOT EXISTS migration (
    run TEXT NOT NULL REFERENCES run (id),
    version TEXT NOT NULL,
    direction TEXT NOT NULL,
    name TEXT NOT NULL,
    outcome TEXT NOT NULL,
    sqlstate TEXT,
    error TEXT,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (run, version, direction)
) STRICT
