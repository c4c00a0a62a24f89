CREATE TABLE IF NOT EXISTS event (
    run TEXT NOT NULL REFERENCES run (id),
    at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    what TEXT NOT NULL
) STRICT
