INSERT INTO run (id, system_identifier, database, server, command, tool_version, user, outcome,
                 started_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'running', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
