-- $1 table as SQL, $2 name of the index, which is in the schema of its table
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname),
       coalesce(i.indisvalid AND i.indisready, false), coalesce(i.indrelid = t.oid, false),
       EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index AS p
               WHERE p.index_relid = c.oid)
FROM pg_catalog.pg_class AS t
JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
JOIN pg_catalog.pg_class AS c ON c.relnamespace = t.relnamespace AND c.relname = $2
LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = c.oid
WHERE t.oid = pg_catalog.to_regclass($1)
