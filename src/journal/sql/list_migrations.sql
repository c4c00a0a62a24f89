SELECT run, version, name, direction, outcome, sqlstate, error FROM migration ORDER BY rowid
