SELECT run, at, what FROM event ORDER BY rowid
