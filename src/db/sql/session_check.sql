-- $1 key of the lock, which is taken once more in case it was dropped. Beside it: how many prepared
-- statements are ours, and how many somebody has made with SQL.
SELECT pg_catalog.pg_try_advisory_lock($1::bigint), p.ours, p.theirs
FROM (SELECT pg_catalog.count(*) FILTER (WHERE NOT s.from_sql) AS ours,
             pg_catalog.count(*) FILTER (WHERE s.from_sql) AS theirs
      FROM pg_catalog.pg_prepared_statement() AS s) AS p
