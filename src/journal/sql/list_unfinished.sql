-- ?1 system identifier, ?2 database, ?3 a run that goes on. What other runs there began and did not
-- end; version and direction are NULL where it is not a migration. A run that has ended has such
-- migrations where it lost the server before that had them on its disk.
SELECT r.id, m.version, m.name, m.direction
FROM run AS r LEFT JOIN migration AS m ON m.run = r.id AND m.outcome = 'running'
WHERE (r.ended_at IS NULL OR m.run IS NOT NULL) AND r.system_identifier = ?1 AND r.database = ?2
  AND r.id <> ?3
ORDER BY m.rowid
