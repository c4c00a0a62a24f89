UPDATE migration SET outcome = 'done', recorded_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE run = ?1 AND outcome = 'running'
