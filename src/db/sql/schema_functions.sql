WITH member AS (
    SELECT d.classid, d.objid FROM pg_catalog.pg_depend AS d WHERE d.deptype = 'e'
), made AS (
    SELECT 1 AS phase, p.oid,
           CASE p.prokind
               WHEN 'a' THEN pg_catalog.format('CREATE AGGREGATE %I.%I(%s) (SFUNC = %s, STYPE = %s)',
                                 n.nspname, p.proname,
                                 coalesce(nullif(pg_catalog.pg_get_function_arguments(p.oid), ''),
                                          '*'),
                                 a.aggtransfn::regproc,
                                 pg_catalog.format_type(a.aggtranstype, NULL))
               ELSE pg_catalog.pg_get_functiondef(p.oid)
           END AS sql
    FROM pg_catalog.pg_proc AS p
    JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
    LEFT JOIN pg_catalog.pg_aggregate AS a ON a.aggfnoid = p.oid
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      -- The constructors of a range type come with the type.
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d
                      WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid
                        AND d.deptype = 'i' AND d.refclassid = 'pg_catalog.pg_type'::regclass)
      AND NOT EXISTS (SELECT FROM member AS m
                      WHERE m.classid = 'pg_catalog.pg_proc'::regclass AND m.objid = p.oid)
    UNION ALL
    SELECT 2, c.oid,
           pg_catalog.format('CREATE CAST (%s AS %s) %s%s',
               pg_catalog.format_type(c.castsource, NULL),
               pg_catalog.format_type(c.casttarget, NULL),
               CASE c.castmethod
                   WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure
                   WHEN 'i' THEN 'WITH INOUT'
                   ELSE 'WITHOUT FUNCTION' END,
               CASE c.castcontext WHEN 'i' THEN ' AS IMPLICIT' WHEN 'a' THEN ' AS ASSIGNMENT' END)
    FROM pg_catalog.pg_cast AS c
    WHERE c.oid >= 16384
      -- That of a range to its multirange comes with the type.
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d
                      WHERE d.classid = 'pg_catalog.pg_cast'::regclass AND d.objid = c.oid
                        AND d.deptype = 'i')
      AND NOT EXISTS (SELECT FROM member AS m
                      WHERE m.classid = 'pg_catalog.pg_cast'::regclass AND m.objid = c.oid)
)
SELECT sql FROM made ORDER BY phase, oid
