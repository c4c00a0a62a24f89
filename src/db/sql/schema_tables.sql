-- Sequences, then tables, parents first, then what joins them. A partition comes as a table of its
-- own and is attached, as pg_dump does it.
WITH RECURSIVE member AS (
    SELECT d.objid FROM pg_catalog.pg_depend AS d
    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'e'
), rel AS (
    SELECT c.oid, c.relname, c.relkind, c.relpersistence, c.relispartition, c.reloptions,
           c.reltablespace, c.relam, c.reloftype, c.relowner, c.relreplident, c.relrowsecurity,
           c.relforcerowsecurity, n.nspname,
           pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND c.relpersistence <> 't' AND c.relkind IN ('r', 'p', 'f', 'S')
      AND NOT EXISTS (SELECT FROM member AS m WHERE m.objid = c.oid)
), depth (oid, level) AS (
    SELECT r.oid, 0 FROM rel AS r
    UNION
    SELECT h.inhrelid, d.level + 1
    FROM depth AS d
    JOIN pg_catalog.pg_inherits AS h ON h.inhparent = d.oid
), level AS (
    SELECT d.oid, pg_catalog.max(d.level) AS level FROM depth AS d GROUP BY d.oid
), constr AS (
    SELECT k.oid, k.conrelid, k.conname, k.contype, k.conkey, k.convalidated, k.conislocal,
           pg_catalog.pg_get_constraintdef(k.oid) AS definition
    FROM pg_catalog.pg_constraint AS k
    JOIN rel AS r ON r.oid = k.conrelid
    WHERE k.contype IN ('c', 'n')
), col AS (
    SELECT a.attrelid, a.attnum,
           CASE WHEN r.reloftype <> 0
                THEN pg_catalog.format('%I WITH OPTIONS', a.attname)
                ELSE pg_catalog.format('%I %s', a.attname,
                                       pg_catalog.format_type(a.atttypid, a.atttypmod)) END
           || coalesce(' COLLATE ' || pg_catalog.quote_ident(cn.nspname) || '.'
                       || pg_catalog.quote_ident(co.collname), '')
           || CASE a.attgenerated
                  WHEN 's' THEN pg_catalog.format(' GENERATED ALWAYS AS (%s) STORED', e.expr)
                  WHEN 'v' THEN pg_catalog.format(' GENERATED ALWAYS AS (%s)', e.expr)
                  ELSE coalesce(' DEFAULT ' || e.expr, '') END
           || CASE WHEN NOT a.attnotnull OR k.convalidated IS FALSE THEN ''
                   WHEN k.conname IS NOT NULL
                   THEN pg_catalog.format(' CONSTRAINT %I NOT NULL%s', k.conname,
                            CASE WHEN k.definition LIKE '% NO INHERIT' THEN ' NO INHERIT'
                                 ELSE '' END)
                   ELSE ' NOT NULL' END AS definition
    FROM rel AS r
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = r.oid
    JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = r.oid AND d.adnum = a.attnum
    CROSS JOIN LATERAL (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid)) AS e (expr)
    LEFT JOIN pg_catalog.pg_collation AS co
           ON co.oid = a.attcollation AND a.attcollation <> t.typcollation
    LEFT JOIN pg_catalog.pg_namespace AS cn ON cn.oid = co.collnamespace
    LEFT JOIN constr AS k
           ON k.conrelid = r.oid AND k.contype = 'n' AND k.conkey[1] = a.attnum
    WHERE a.attnum > 0 AND NOT a.attisdropped AND r.relkind <> 'S'
      AND (a.attislocal OR r.relispartition)
      AND (r.reloftype = 0 OR a.attnotnull OR e.expr IS NOT NULL)
), part AS (
    SELECT c.attrelid AS oid, 0 AS place, c.attnum::bigint AS within, c.definition
    FROM col AS c
    UNION ALL
    SELECT k.conrelid, 1, k.oid::bigint,
           pg_catalog.format('CONSTRAINT %I %s', k.conname, k.definition)
    FROM constr AS k
    JOIN rel AS r ON r.oid = k.conrelid
    WHERE k.contype = 'c' AND k.convalidated AND (k.conislocal OR r.relispartition)
      AND k.definition !~ ' NOT (VALID|ENFORCED)$'
), body AS (
    SELECT p.oid, pg_catalog.string_agg(p.definition, ', ' ORDER BY p.place, p.within) AS text
    FROM part AS p
    GROUP BY p.oid
), identity AS (
    SELECT d.objid, a.attrelid, a.attname, a.attidentity
    FROM pg_catalog.pg_depend AS d
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_catalog.pg_class'::regclass
      AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'i'
      AND a.attidentity <> ''
), made AS (
    SELECT 1 AS phase, 0 AS level, r.oid,
           pg_catalog.format('CREATE%s SEQUENCE %s',
                             CASE r.relpersistence WHEN 'u' THEN ' UNLOGGED' END, r.name) AS sql
    FROM rel AS r
    WHERE r.relkind = 'S' AND NOT EXISTS (SELECT FROM identity AS i WHERE i.objid = r.oid)
    UNION ALL
    SELECT 2, l.level, r.oid,
           pg_catalog.format('CREATE%s TABLE %s%s%s%s%s%s%s%s%s',
               CASE WHEN r.relkind = 'f' THEN ' FOREIGN'
                    WHEN r.relpersistence = 'u' THEN ' UNLOGGED' END,
               r.name,
               CASE WHEN r.reloftype <> 0
                    THEN ' OF ' || pg_catalog.format_type(r.reloftype, NULL) END,
               CASE WHEN b.text IS NOT NULL THEN pg_catalog.format(' (%s)', b.text)
                    WHEN r.reloftype = 0 THEN ' ()' END,
               (SELECT pg_catalog.format(' INHERITS (%s)',
                           pg_catalog.string_agg(h.inhparent::regclass::text, ', '
                                                 ORDER BY h.inhseqno))
                FROM pg_catalog.pg_inherits AS h
                WHERE h.inhrelid = r.oid AND NOT r.relispartition
                HAVING pg_catalog.count(*) > 0),
               CASE WHEN r.relkind = 'p'
                    THEN ' PARTITION BY ' || pg_catalog.pg_get_partkeydef(r.oid) END,
               (SELECT ' USING ' || pg_catalog.quote_ident(m.amname)
                FROM pg_catalog.pg_am AS m WHERE m.oid = r.relam AND m.amname <> 'heap'),
               (SELECT ' SERVER ' || pg_catalog.quote_ident(s.srvname)
                FROM pg_catalog.pg_foreign_table AS f
                JOIN pg_catalog.pg_foreign_server AS s ON s.oid = f.ftserver
                WHERE f.ftrelid = r.oid),
               (SELECT pg_catalog.format(' WITH (%s)', pg_catalog.string_agg(
                           pg_catalog.format('%s = %L', o.option_name, o.option_value), ', '))
                FROM pg_catalog.pg_options_to_table(r.reloptions) AS o
                WHERE r.relkind = 'r'
                HAVING pg_catalog.count(*) > 0),
               (SELECT ' TABLESPACE ' || pg_catalog.quote_ident(s.spcname)
                FROM pg_catalog.pg_tablespace AS s WHERE s.oid = r.reltablespace))
    FROM rel AS r
    JOIN level AS l ON l.oid = r.oid
    LEFT JOIN body AS b ON b.oid = r.oid
    WHERE r.relkind <> 'S'
    UNION ALL
    -- What a column that comes from a parent has beyond it.
    SELECT 3, l.level, r.oid,
           pg_catalog.format('ALTER TABLE ONLY %s ALTER COLUMN %I SET %s', r.name, a.attname,
                             x.what)
    FROM rel AS r
    JOIN level AS l ON l.oid = r.oid
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = r.oid
    LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = r.oid AND d.adnum = a.attnum
    CROSS JOIN LATERAL (
        SELECT 'NOT NULL' AS what WHERE a.attnotnull
        UNION ALL
        SELECT 'DEFAULT ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid)
        WHERE a.attgenerated = ''
    ) AS x
    WHERE NOT a.attislocal AND NOT r.relispartition AND a.attnum > 0 AND NOT a.attisdropped
      AND x.what IS NOT NULL
    UNION ALL
    SELECT 3, 0, d.objid,
           pg_catalog.format('ALTER SEQUENCE %s OWNED BY %s.%I', s.name, t.name, a.attname)
    FROM rel AS s
    JOIN pg_catalog.pg_depend AS d
      ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = s.oid AND d.deptype = 'a'
     AND d.refclassid = 'pg_catalog.pg_class'::regclass
    JOIN rel AS t ON t.oid = d.refobjid
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
    WHERE s.relkind = 'S'
    UNION ALL
    SELECT 4, 0, i.objid,
           pg_catalog.format(
               'ALTER TABLE %s ALTER COLUMN %I ADD GENERATED %s AS IDENTITY (SEQUENCE NAME %s)',
               t.name, i.attname,
               CASE i.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, s.name)
    FROM identity AS i
    JOIN rel AS t ON t.oid = i.attrelid
    JOIN rel AS s ON s.oid = i.objid
    -- Since 17 a partition has the sequence of its parent, and no other.
    WHERE NOT t.relispartition OR pg_catalog.current_setting('server_version_num')::int < 170000
    UNION ALL
    SELECT 5, l.level, r.oid,
           pg_catalog.format('ALTER TABLE ONLY %s ATTACH PARTITION %s %s',
                             h.inhparent::regclass, r.name,
                             pg_catalog.pg_get_expr(c.relpartbound, r.oid))
    FROM rel AS r
    JOIN level AS l ON l.oid = r.oid
    JOIN pg_catalog.pg_class AS c ON c.oid = r.oid
    JOIN pg_catalog.pg_inherits AS h ON h.inhrelid = r.oid
    WHERE r.relispartition
    UNION ALL
    SELECT 6, 0, k.oid,
           pg_catalog.format('ALTER TABLE %s ADD CONSTRAINT %I %s', r.name, k.conname,
                             k.definition)
    FROM constr AS k
    JOIN rel AS r ON r.oid = k.conrelid
    WHERE (k.conislocal OR r.relispartition)
      AND (NOT k.convalidated OR k.definition ~ ' NOT (VALID|ENFORCED)$')
    UNION ALL
    SELECT 7, 0, r.oid, pg_catalog.format('ALTER TABLE %s OWNER TO %I', r.name,
                                          pg_catalog.pg_get_userbyid(r.relowner))
    FROM rel AS r
    UNION ALL
    SELECT 8, 0, r.oid, pg_catalog.format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', r.name)
    FROM rel AS r
    WHERE r.relrowsecurity
    UNION ALL
    SELECT 8, 0, r.oid, pg_catalog.format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', r.name)
    FROM rel AS r
    WHERE r.relforcerowsecurity
    UNION ALL
    SELECT 8, 0, r.oid, pg_catalog.format('ALTER TABLE ONLY %s REPLICA IDENTITY %s', r.name,
               CASE r.relreplident WHEN 'n' THEN 'NOTHING' ELSE 'FULL' END)
    FROM rel AS r
    WHERE r.relreplident IN ('n', 'f') AND r.relkind IN ('r', 'p')
)
SELECT sql FROM made ORDER BY phase, level, oid
