-- $1 table as SQL, $2 name of the index, which is in the schema of its table. Whoever builds one
-- holds a lock on the table; which index it is, only some may see.
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname),
       coalesce(i.indisvalid AND i.indisready, false), coalesce(i.indrelid = t.oid, false),
       EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index AS p
               JOIN pg_catalog.pg_locks AS l
                 ON l.pid = p.pid AND l.relation = t.oid AND l.granted
               WHERE coalesce(p.index_relid, 0) IN (0, c.oid))
FROM pg_catalog.pg_class AS t
JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
JOIN pg_catalog.pg_class AS c ON c.relnamespace = t.relnamespace AND c.relname = $2
LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = c.oid
WHERE t.oid = pg_catalog.to_regclass($1)
