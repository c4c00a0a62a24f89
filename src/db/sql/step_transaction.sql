-- $1 attempt, $2 position
SELECT s.xmin::text FROM {schema}.step AS s WHERE s.attempt = $1 AND s.position = $2::integer
