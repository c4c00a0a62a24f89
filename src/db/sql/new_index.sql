-- $1 table as SQL, $2 a transaction as xid. The newest index of the table that was made since then,
-- under a name such as the server chooses for one without.
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), i.indisvalid AND i.indisready,
       EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index AS p
               JOIN pg_catalog.pg_locks AS l
                 ON l.pid = p.pid AND l.relation = i.indrelid AND l.granted
               WHERE coalesce(p.index_relid, 0) IN (0, c.oid))
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE i.indrelid = pg_catalog.to_regclass($1) AND c.relname ~ '_idx[0-9]*$'
  AND pg_catalog.age(c.xmin) < pg_catalog.age($2::xid)
ORDER BY pg_catalog.age(c.xmin)
LIMIT 1
