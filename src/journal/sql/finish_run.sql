UPDATE run SET outcome = ?2, ended_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE id = ?1 AND ended_at IS NULL
