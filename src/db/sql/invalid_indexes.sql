-- $1 relation as SQL: a table, or an index of it. Indexes of the table and of its partitions that are
-- not usable and that nobody is building.
WITH wanted AS (
    SELECT coalesce((SELECT x.indrelid FROM pg_catalog.pg_index AS x
                     WHERE x.indexrelid = pg_catalog.to_regclass($1)),
                    pg_catalog.to_regclass($1)) AS relation
)
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), c.relname ~ '_cc(new|old)[0-9]*$'
FROM wanted AS w
JOIN pg_catalog.pg_index AS i
  ON i.indrelid = w.relation
  OR i.indrelid IN (SELECT t.relid FROM pg_catalog.pg_partition_tree(w.relation) AS t)
JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE NOT (i.indisvalid AND i.indisready) AND c.relkind = 'i'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index AS p
                  JOIN pg_catalog.pg_locks AS l
                    ON l.pid = p.pid AND l.relation = i.indrelid AND l.granted
                  WHERE p.pid <> pg_catalog.pg_backend_pid())
ORDER BY c.relname
