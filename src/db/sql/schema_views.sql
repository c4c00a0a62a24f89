-- Views and materialized views, those that are read first.
WITH RECURSIVE member AS (
    SELECT d.objid FROM pg_catalog.pg_depend AS d
    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'e'
), view AS (
    SELECT c.oid, c.relkind, c.relispopulated, c.relowner, c.reloptions, c.relam, c.reltablespace,
           pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND c.relpersistence <> 't' AND c.relkind IN ('v', 'm')
      AND NOT EXISTS (SELECT FROM member AS m WHERE m.objid = c.oid)
), reads AS (
    SELECT DISTINCT r.ev_class AS reader, d.refobjid AS source
    FROM pg_catalog.pg_rewrite AS r
    JOIN pg_catalog.pg_depend AS d
      ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
     AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'n'
    JOIN view AS v ON v.oid = r.ev_class
    JOIN view AS s ON s.oid = d.refobjid
    WHERE r.ev_class <> d.refobjid
), depth (oid, level) AS (
    SELECT v.oid, 0 FROM view AS v
    UNION
    SELECT r.reader, d.level + 1
    FROM depth AS d
    JOIN reads AS r ON r.source = d.oid
    WHERE d.level < 100
), level AS (
    SELECT d.oid, pg_catalog.max(d.level) AS level FROM depth AS d GROUP BY d.oid
), made AS (
    SELECT 1 AS phase, l.level, v.oid,
           pg_catalog.format('CREATE %s %s (%s)%s AS %s%s',
               CASE v.relkind WHEN 'v' THEN 'VIEW' ELSE 'MATERIALIZED VIEW' END, v.name,
               (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', '
                                             ORDER BY a.attnum)
                FROM pg_catalog.pg_attribute AS a
                WHERE a.attrelid = v.oid AND a.attnum > 0 AND NOT a.attisdropped),
               (SELECT pg_catalog.format(' WITH (%s)', pg_catalog.string_agg(
                           pg_catalog.format('%s = %L', o.option_name, o.option_value), ', '))
                FROM pg_catalog.pg_options_to_table(v.reloptions) AS o
                HAVING pg_catalog.count(*) > 0),
               pg_catalog.rtrim(pg_catalog.pg_get_viewdef(v.oid), E';\n '),
               CASE WHEN v.relkind = 'm' AND NOT v.relispopulated THEN ' WITH NO DATA' END) AS sql
    FROM view AS v
    JOIN level AS l ON l.oid = v.oid
    UNION ALL
    SELECT 2, 0, v.oid,
           pg_catalog.format('ALTER %s %s OWNER TO %I',
                             CASE v.relkind WHEN 'v' THEN 'VIEW' ELSE 'MATERIALIZED VIEW' END,
                             v.name, pg_catalog.pg_get_userbyid(v.relowner))
    FROM view AS v
)
SELECT sql FROM made ORDER BY phase, level, oid
