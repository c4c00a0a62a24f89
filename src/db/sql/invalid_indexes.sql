-- $1 relation as SQL: a table, or an index of it; NULL: $2 a schema; NULL: the whole database. Indexes
-- of the tables there, of their partitions and of where they keep what is too long, that are not
-- usable and that nobody is building. What is too long is kept in a schema that not everybody may
-- look into. $3 only those made since this transaction, as xid; NULL: whenever.
WITH wanted AS (
    SELECT coalesce((SELECT x.indrelid FROM pg_catalog.pg_index AS x
                     WHERE x.indexrelid = pg_catalog.to_regclass($1)),
                    pg_catalog.to_regclass($1)) AS relation
), tables AS (
    SELECT t.oid, t.reltoastrelid
    FROM pg_catalog.pg_class AS t CROSS JOIN wanted AS w
    JOIN pg_catalog.pg_namespace AS s ON true
    WHERE s.oid = t.relnamespace AND t.relkind IN ('r', 'm', 'p')
      AND ($1::text IS NULL OR t.oid = w.relation
           OR t.oid IN (SELECT p.relid FROM pg_catalog.pg_partition_tree(w.relation) AS p))
      AND ($2::text IS NULL OR s.nspname = $2)
)
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), c.relname ~ '_cc(new|old)[0-9]*$'
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE NOT (i.indisvalid AND i.indisready) AND c.relkind = 'i'
  AND (i.indrelid IN (SELECT t.oid FROM tables AS t)
       OR (i.indrelid IN (SELECT t.reltoastrelid FROM tables AS t)
           AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')))
  AND ($3::xid IS NULL OR pg_catalog.age(c.xmin) < pg_catalog.age($3::xid))
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index AS p
                  JOIN pg_catalog.pg_locks AS l
                    ON l.pid = p.pid AND l.relation = i.indrelid AND l.granted
                  WHERE p.pid <> pg_catalog.pg_backend_pid())
ORDER BY c.relname
