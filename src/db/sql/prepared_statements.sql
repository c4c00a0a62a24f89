-- How many are ours, and how many a migration has made.
SELECT pg_catalog.count(*) FILTER (WHERE NOT s.from_sql),
       pg_catalog.count(*) FILTER (WHERE s.from_sql)
FROM pg_catalog.pg_prepared_statement() AS s
