-- Schemas and what needs only them: extensions, collations, types, foreign servers.
WITH member AS (
    SELECT d.classid, d.objid FROM pg_catalog.pg_depend AS d WHERE d.deptype = 'e'
), space AS (
    SELECT n.oid, n.nspname, n.nspowner,
           EXISTS (SELECT FROM member AS m
                   WHERE m.classid = 'pg_catalog.pg_namespace'::regclass AND m.objid = n.oid)
               AS of_extension
    FROM pg_catalog.pg_namespace AS n
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
), typ AS (
    SELECT t.*, pg_catalog.format('%I.%I', n.nspname, t.typname) AS name
    FROM pg_catalog.pg_type AS t
    JOIN space AS n ON n.oid = t.typnamespace
    WHERE t.typtype IN ('b', 'c', 'd', 'e', 'r') AND t.typelem = 0
      AND NOT EXISTS (SELECT FROM member AS m
                      WHERE m.classid = 'pg_catalog.pg_type'::regclass AND m.objid = t.oid)
), made AS (
    SELECT 1 AS phase, n.oid,
           pg_catalog.format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', n.nspname,
                             pg_catalog.pg_get_userbyid(n.nspowner)) AS sql
    FROM space AS n
    WHERE NOT n.of_extension
    UNION ALL
    SELECT 2, e.oid,
           pg_catalog.format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', e.extname,
                             n.nspname)
    FROM pg_catalog.pg_extension AS e
    JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace
    -- Not what every database begins with (PL/pgSQL), as little as in a dump.
    WHERE e.oid >= 16384
    UNION ALL
    SELECT 3, c.oid,
           pg_catalog.format('CREATE COLLATION %I.%I (provider = %s, deterministic = %s)',
                             n.nspname, c.collname,
                             CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin'
                                                 ELSE 'libc' END,
                             c.collisdeterministic)
    FROM pg_catalog.pg_collation AS c
    JOIN space AS n ON n.oid = c.collnamespace
    WHERE NOT EXISTS (SELECT FROM member AS m
                      WHERE m.classid = 'pg_catalog.pg_collation'::regclass AND m.objid = c.oid)
    UNION ALL
    SELECT 4, t.oid,
           pg_catalog.format('CREATE TYPE %s AS ENUM (%s)', t.name,
               (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', '
                                             ORDER BY e.enumsortorder)
                FROM pg_catalog.pg_enum AS e WHERE e.enumtypid = t.oid))
    FROM typ AS t
    WHERE t.typtype = 'e'
    UNION ALL
    SELECT 4, t.oid,
           pg_catalog.format('CREATE TYPE %s AS (%s)', t.name,
               (SELECT pg_catalog.string_agg(
                           pg_catalog.format('%I %s', a.attname,
                                             pg_catalog.format_type(a.atttypid, a.atttypmod)),
                           ', ' ORDER BY a.attnum)
                FROM pg_catalog.pg_attribute AS a
                WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped))
    FROM typ AS t
    JOIN pg_catalog.pg_class AS c ON c.oid = t.typrelid
    WHERE t.typtype = 'c' AND c.relkind = 'c'
    UNION ALL
    SELECT 4, t.oid,
           pg_catalog.format('CREATE TYPE %s AS RANGE (subtype = %s)', t.name,
                             pg_catalog.format_type(r.rngsubtype, NULL))
    FROM typ AS t
    JOIN pg_catalog.pg_range AS r ON r.rngtypid = t.oid
    WHERE t.typtype = 'r'
    UNION ALL
    SELECT 4, t.oid,
           pg_catalog.format('CREATE TYPE %s (INPUT = %s, OUTPUT = %s)', t.name, t.typinput,
                             t.typoutput)
    FROM typ AS t
    WHERE t.typtype = 'b' AND t.typisdefined
    UNION ALL
    SELECT 4, t.oid,
           pg_catalog.format('CREATE DOMAIN %s AS %s%s%s%s%s', t.name,
               pg_catalog.format_type(t.typbasetype, t.typtypmod),
               (SELECT pg_catalog.format(' COLLATE %I.%I', n.nspname, c.collname)
                FROM pg_catalog.pg_collation AS c
                JOIN pg_catalog.pg_namespace AS n ON n.oid = c.collnamespace
                JOIN pg_catalog.pg_type AS b ON b.oid = t.typbasetype
                WHERE c.oid = t.typcollation AND t.typcollation <> b.typcollation),
               ' DEFAULT ' || t.typdefault,
               CASE WHEN t.typnotnull THEN ' NOT NULL' END,
               (SELECT pg_catalog.string_agg(
                           pg_catalog.format(' CONSTRAINT %I %s', k.conname,
                                             pg_catalog.pg_get_constraintdef(k.oid)),
                           '' ORDER BY k.conname)
                FROM pg_catalog.pg_constraint AS k
                WHERE k.contypid = t.oid AND k.contype = 'c' AND k.convalidated))
    FROM typ AS t
    WHERE t.typtype = 'd'
    UNION ALL
    SELECT 5, k.oid,
           pg_catalog.format('ALTER DOMAIN %s ADD CONSTRAINT %I %s', t.name, k.conname,
                             pg_catalog.pg_get_constraintdef(k.oid))
    FROM typ AS t
    JOIN pg_catalog.pg_constraint AS k ON k.contypid = t.oid
    WHERE k.contype = 'c' AND NOT k.convalidated
    UNION ALL
    SELECT 6, w.oid, pg_catalog.format('CREATE FOREIGN DATA WRAPPER %I', w.fdwname)
    FROM pg_catalog.pg_foreign_data_wrapper AS w
    WHERE NOT EXISTS (SELECT FROM member AS m
                      WHERE m.classid = 'pg_catalog.pg_foreign_data_wrapper'::regclass
                        AND m.objid = w.oid)
    UNION ALL
    SELECT 7, s.oid,
           pg_catalog.format('CREATE SERVER %I FOREIGN DATA WRAPPER %I', s.srvname, w.fdwname)
    FROM pg_catalog.pg_foreign_server AS s
    JOIN pg_catalog.pg_foreign_data_wrapper AS w ON w.oid = s.srvfdw
)
SELECT sql FROM made ORDER BY phase, oid
