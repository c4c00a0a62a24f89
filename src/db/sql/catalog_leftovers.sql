-- What an interrupted statement leaves behind: kind, its name as SQL, its table's name as SQL, what
-- makes it anew.
SELECT 'invalid index', pg_catalog.format('%I.%I', cn.nspname, c.relname),
       pg_catalog.format('%I.%I', tn.nspname, t.relname),
       pg_catalog.pg_get_indexdef(i.indexrelid)
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_namespace AS cn ON cn.oid = c.relnamespace
JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
JOIN pg_catalog.pg_namespace AS tn ON tn.oid = t.relnamespace
WHERE NOT (i.indisvalid AND i.indisready AND i.indislive) AND c.relkind = 'i'
  AND c.relpersistence <> 't'
  AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_stat_progress_create_index AS p
      JOIN pg_catalog.pg_database AS d ON d.oid = p.datid
      WHERE p.index_relid = i.indexrelid AND d.datname = pg_catalog.current_database())
UNION ALL
SELECT 'detach pending', pg_catalog.format('%I.%I', cn.nspname, c.relname),
       pg_catalog.format('%I.%I', tn.nspname, t.relname), NULL
FROM pg_catalog.pg_inherits AS h
JOIN pg_catalog.pg_class AS c ON c.oid = h.inhrelid
JOIN pg_catalog.pg_namespace AS cn ON cn.oid = c.relnamespace
JOIN pg_catalog.pg_class AS t ON t.oid = h.inhparent
JOIN pg_catalog.pg_namespace AS tn ON tn.oid = t.relnamespace
WHERE h.inhdetachpending
ORDER BY 1, 2
