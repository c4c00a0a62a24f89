-- $1 relation as SQL
SELECT pg_catalog.to_regclass($1) IS NOT NULL
