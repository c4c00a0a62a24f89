-- Keys, indexes and references. A partition's index is attached to that of its table.
WITH member AS (
    SELECT d.objid FROM pg_catalog.pg_depend AS d
    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'e'
), rel AS (
    SELECT c.oid, c.relkind, c.relispartition,
           pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND c.relpersistence <> 't' AND c.relkind IN ('r', 'p', 'm', 'f')
      AND NOT EXISTS (SELECT FROM member AS m WHERE m.objid = c.oid)
), idx AS (
    SELECT i.indexrelid AS oid, i.indrelid, i.indisvalid, i.indisclustered, i.indisreplident,
           c.relname, c.relkind, c.reltablespace, r.name AS table_name,
           pg_catalog.format('%I.%I', n.nspname, c.relname) AS name,
           (SELECT k.oid FROM pg_catalog.pg_constraint AS k
            WHERE k.conindid = i.indexrelid AND k.conrelid = i.indrelid
              AND k.contype IN ('p', 'u', 'x')) AS constraint_oid
    FROM pg_catalog.pg_index AS i
    JOIN rel AS r ON r.oid = i.indrelid
    JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
), made AS (
    SELECT 1 AS phase, k.oid,
           pg_catalog.format('ALTER TABLE ONLY %s ADD CONSTRAINT %I %s', i.table_name, k.conname,
                             pg_catalog.pg_get_constraintdef(k.oid)) AS sql
    FROM idx AS i
    JOIN pg_catalog.pg_constraint AS k ON k.oid = i.constraint_oid
    UNION ALL
    SELECT 2, i.oid,
           pg_catalog.pg_get_indexdef(i.oid)
           || coalesce((SELECT ' TABLESPACE ' || pg_catalog.quote_ident(s.spcname)
                        FROM pg_catalog.pg_tablespace AS s WHERE s.oid = i.reltablespace), '')
    FROM idx AS i
    WHERE i.constraint_oid IS NULL
    UNION ALL
    SELECT 3, i.oid, pg_catalog.format('ALTER INDEX %s ATTACH PARTITION %s',
                                       h.inhparent::regclass, i.name)
    FROM idx AS i
    JOIN pg_catalog.pg_inherits AS h ON h.inhrelid = i.oid
    UNION ALL
    -- No SQL says it; this is what somebody would have to write.
    SELECT 4, i.oid,
           pg_catalog.format('UPDATE pg_catalog.pg_index SET indisvalid = false '
                             'WHERE indexrelid = %L::pg_catalog.regclass', i.name)
    FROM idx AS i
    WHERE NOT i.indisvalid AND i.relkind = 'i'
    UNION ALL
    SELECT 5, i.oid, pg_catalog.format('ALTER TABLE %s CLUSTER ON %I', i.table_name, i.relname)
    FROM idx AS i
    WHERE i.indisclustered
    UNION ALL
    SELECT 5, i.oid, pg_catalog.format('ALTER TABLE ONLY %s REPLICA IDENTITY USING INDEX %I',
                                       i.table_name, i.relname)
    FROM idx AS i
    WHERE i.indisreplident
    UNION ALL
    SELECT 6, k.oid,
           pg_catalog.format('ALTER TABLE %s%s ADD CONSTRAINT %I %s',
                             CASE WHEN r.relkind = 'p' THEN '' ELSE 'ONLY ' END, r.name,
                             k.conname, pg_catalog.pg_get_constraintdef(k.oid))
    FROM pg_catalog.pg_constraint AS k
    JOIN rel AS r ON r.oid = k.conrelid
    WHERE k.contype = 'f' AND k.conparentid = 0
)
SELECT sql FROM made ORDER BY phase, oid
