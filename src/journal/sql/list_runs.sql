SELECT id, system_identifier, database, server, command, tool_version, user, outcome, started_at,
       ended_at
FROM run ORDER BY rowid
