-- $1 schema
SELECT n.oid IS NOT NULL AS has_schema, h.oid IS NOT NULL AS has_history,
       s.oid IS NOT NULL AS has_step, k.attnum IS NOT NULL AS has_kind
FROM (SELECT 1) AS one
LEFT JOIN pg_catalog.pg_namespace AS n ON n.nspname = $1
LEFT JOIN pg_catalog.pg_class AS h
       ON h.relnamespace = n.oid AND h.relname = 'history' AND h.relkind = 'r'
LEFT JOIN pg_catalog.pg_class AS s
       ON s.relnamespace = n.oid AND s.relname = 'step' AND s.relkind = 'r'
LEFT JOIN pg_catalog.pg_attribute AS k
       ON k.attrelid = h.oid AND k.attname = 'kind' AND NOT k.attisdropped
