-- How many are ours, how many a migration has made, and whether what is done now may run code of
-- somebody's that makes others.
SELECT pg_catalog.count(*) FILTER (WHERE NOT s.from_sql),
       pg_catalog.count(*) FILTER (WHERE s.from_sql),
       EXISTS (SELECT FROM pg_catalog.pg_event_trigger)
FROM pg_catalog.pg_prepared_statement() AS s
