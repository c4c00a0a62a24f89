-- What publications hold: tables with their filters and columns, and schemas.
WITH made AS (
    SELECT 1 AS phase, l.oid,
           pg_catalog.format('ALTER PUBLICATION %I ADD TABLE ONLY %I.%I%s%s', p.pubname,
               n.nspname, c.relname,
               (SELECT pg_catalog.format(' (%s)', pg_catalog.string_agg(
                           pg_catalog.quote_ident(a.attname), ', '))
                FROM pg_catalog.unnest(l.prattrs) AS k (attnum)
                JOIN pg_catalog.pg_attribute AS a
                  ON a.attrelid = l.prrelid AND a.attnum = k.attnum
                HAVING pg_catalog.count(*) > 0),
               ' WHERE (' || pg_catalog.pg_get_expr(l.prqual, l.prrelid) || ')') AS sql
    FROM pg_catalog.pg_publication_rel AS l
    JOIN pg_catalog.pg_publication AS p ON p.oid = l.prpubid
    JOIN pg_catalog.pg_class AS c ON c.oid = l.prrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    UNION ALL
    SELECT 2, l.oid,
           pg_catalog.format('ALTER PUBLICATION %I ADD TABLES IN SCHEMA %I', p.pubname, n.nspname)
    FROM pg_catalog.pg_publication_namespace AS l
    JOIN pg_catalog.pg_publication AS p ON p.oid = l.pnpubid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = l.pnnspid
)
SELECT sql FROM made ORDER BY phase, oid
