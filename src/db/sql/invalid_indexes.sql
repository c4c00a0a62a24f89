-- $1 relation as SQL: a table, or an index of it. Indexes of the table that are not usable.
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), c.relname ~ '_cc(new|old)[0-9]*$'
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE NOT (i.indisvalid AND i.indisready) AND c.relkind = 'i'
  AND i.indrelid = coalesce(
      (SELECT x.indrelid FROM pg_catalog.pg_index AS x
       WHERE x.indexrelid = pg_catalog.to_regclass($1)),
      pg_catalog.to_regclass($1))
ORDER BY c.relname
