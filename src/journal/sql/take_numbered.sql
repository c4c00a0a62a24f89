-- Format 1 had numbers as versions.
INSERT INTO migration (run, version, direction, name, outcome, sqlstate, error, recorded_at)
SELECT run, CAST(version AS TEXT), direction, name, outcome, sqlstate, error, recorded_at
FROM numbered_migration
ORDER BY rowid;
DROP TABLE numbered_migration
