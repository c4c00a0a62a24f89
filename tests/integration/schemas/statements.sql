-- Statements about everything that the database has, one a row. A dump does not say which
-- materialized views are populated: those that are not (u) are not read.
WITH rel AS (
    SELECT c.oid, CASE WHEN c.relispopulated THEN c.relkind ELSE 'u' END AS relkind, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^(pg_|oracle_)' AND n.nspname <> 'information_schema'
), made AS (
    SELECT pg_catalog.format(s.sql, r.name) AS sql
    FROM rel AS r
    JOIN (VALUES
        ('rpf', 'DROP TABLE %s'), ('rpf', 'DROP TABLE %s CASCADE'), ('rp', 'TRUNCATE %s CASCADE'),
        ('rpf', 'ALTER TABLE %s ADD COLUMN extra double precision DEFAULT random()'),
        ('rpf', 'ALTER TABLE %s ADD CHECK (true)'), ('rpf', 'ALTER TABLE %s RENAME TO other'),
        ('rpf', 'ALTER TABLE %s SET SCHEMA public'), ('rp', 'LOCK TABLE %s'),
        ('rpf', 'DELETE FROM %s'), ('rpf', 'INSERT INTO %s DEFAULT VALUES'),
        ('rp', 'CREATE TABLE other (LIKE %s INCLUDING ALL)'), ('rp', 'ANALYZE %s'),
        ('r', 'ALTER TABLE %s SET UNLOGGED'), ('rp', 'ALTER TABLE %s DISABLE TRIGGER USER'),
        ('v', 'DROP VIEW %s'), ('v', 'DROP VIEW %s CASCADE'), ('vm', 'SELECT * FROM %s'),
        ('mu', 'DROP MATERIALIZED VIEW %s'), ('mu', 'REFRESH MATERIALIZED VIEW %s'),
        ('m', 'REFRESH MATERIALIZED VIEW CONCURRENTLY %s'),
        ('iI', 'DROP INDEX %s'), ('iI', 'REINDEX INDEX %s'), ('iI', 'ALTER INDEX %s RENAME TO other'),
        ('S', 'DROP SEQUENCE %s'), ('S', 'ALTER SEQUENCE %s RENAME TO other')
    ) AS s (kinds, sql) ON pg_catalog.strpos(s.kinds, r.relkind::text) > 0
    UNION ALL
    SELECT pg_catalog.format(s.sql, r.name, a.attname)
    FROM rel AS r
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = r.oid
    CROSS JOIN (VALUES
        ('ALTER TABLE %s ALTER COLUMN %I TYPE text'),
        ('ALTER TABLE %s ALTER COLUMN %I TYPE varchar(100)'),
        ('ALTER TABLE %s ALTER COLUMN %I TYPE bigint'),
        ('ALTER TABLE %s ALTER COLUMN %I TYPE timestamptz'),
        ('ALTER TABLE %s ALTER COLUMN %I TYPE numeric(20, 3)'),
        ('ALTER TABLE %s ALTER COLUMN %I SET NOT NULL'),
        ('ALTER TABLE %s ALTER COLUMN %I DROP NOT NULL'),
        ('ALTER TABLE %s ALTER COLUMN %I DROP DEFAULT'),
        ('ALTER TABLE %s DROP COLUMN %I'),
        ('ALTER TABLE %s DROP COLUMN %I CASCADE'),
        ('ALTER TABLE %s RENAME COLUMN %I TO other'),
        ('CREATE INDEX ON %s (%I)'),
        ('ALTER TABLE %s ADD PRIMARY KEY (%I)'),
        ('ALTER TABLE %1$s ADD FOREIGN KEY (%2$I) REFERENCES %1$s')
    ) AS s (sql)
    WHERE r.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT pg_catalog.format('ALTER TABLE %s ALTER COLUMN %I TYPE %s', r.name, a.attname,
                             pg_catalog.format_type(a.atttypid, a.atttypmod))
    FROM rel AS r
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = r.oid
    WHERE r.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT pg_catalog.format(s.sql, r.name, k.conname)
    FROM rel AS r
    JOIN pg_catalog.pg_constraint AS k ON k.conrelid = r.oid
    CROSS JOIN (VALUES
        ('ALTER TABLE %s DROP CONSTRAINT %I'),
        ('ALTER TABLE %s VALIDATE CONSTRAINT %I'),
        ('ALTER TABLE %s RENAME CONSTRAINT %I TO other')
    ) AS s (sql)
    UNION ALL
    SELECT pg_catalog.format('DROP TYPE %I.%I CASCADE', n.nspname, t.typname)
    FROM pg_catalog.pg_type AS t
    JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
    WHERE n.nspname !~ '^(pg_|oracle_)' AND n.nspname <> 'information_schema'
      AND t.typtype IN ('d', 'e')
)
SELECT sql FROM made ORDER BY sql
