-- Triggers, rules, policies, statistics, publications and event triggers. What publications hold
-- since 15 is in schema_publications_15.sql.
WITH member AS (
    SELECT d.classid, d.objid FROM pg_catalog.pg_depend AS d WHERE d.deptype = 'e'
), rel AS (
    SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND c.relpersistence <> 't' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND NOT EXISTS (SELECT FROM member AS m
                      WHERE m.classid = 'pg_catalog.pg_class'::regclass AND m.objid = c.oid)
), made AS (
    SELECT 1 AS phase, t.oid, pg_catalog.pg_get_triggerdef(t.oid) AS sql
    FROM pg_catalog.pg_trigger AS t
    JOIN rel AS r ON r.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND t.tgparentid = 0
    UNION ALL
    SELECT 2, t.oid,
           pg_catalog.format('ALTER TABLE %s %s TRIGGER %I', r.name,
                             CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'
                                              ELSE 'ENABLE ALWAYS' END, t.tgname)
    FROM pg_catalog.pg_trigger AS t
    JOIN rel AS r ON r.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND t.tgenabled <> 'O'
    UNION ALL
    SELECT 3, w.oid, pg_catalog.rtrim(pg_catalog.pg_get_ruledef(w.oid), ';')
    FROM pg_catalog.pg_rewrite AS w
    JOIN rel AS r ON r.oid = w.ev_class
    WHERE w.rulename <> '_RETURN'
    UNION ALL
    SELECT 4, p.oid,
           pg_catalog.format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s', p.polname, r.name,
               CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
               CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                             WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
               (SELECT pg_catalog.string_agg(
                           CASE o.role WHEN 0 THEN 'PUBLIC'
                                       ELSE pg_catalog.quote_ident(
                                           pg_catalog.pg_get_userbyid(o.role)) END, ', ')
                FROM pg_catalog.unnest(p.polroles) AS o (role)),
               ' USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')',
               ' WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')')
    FROM pg_catalog.pg_policy AS p
    JOIN rel AS r ON r.oid = p.polrelid
    UNION ALL
    SELECT 5, s.oid, pg_catalog.pg_get_statisticsobjdef(s.oid)
    FROM pg_catalog.pg_statistic_ext AS s
    JOIN rel AS r ON r.oid = s.stxrelid
    UNION ALL
    SELECT 6, p.oid,
           pg_catalog.format('CREATE PUBLICATION %I%s', p.pubname,
                             CASE WHEN p.puballtables THEN ' FOR ALL TABLES' END)
    FROM pg_catalog.pg_publication AS p
    UNION ALL
    SELECT 7, l.oid,
           pg_catalog.format('ALTER PUBLICATION %I ADD TABLE ONLY %s', p.pubname, r.name)
    FROM pg_catalog.pg_publication_rel AS l
    JOIN pg_catalog.pg_publication AS p ON p.oid = l.prpubid
    JOIN rel AS r ON r.oid = l.prrelid
    WHERE pg_catalog.current_setting('server_version_num')::int < 150000
    UNION ALL
    SELECT 8, e.oid,
           pg_catalog.format('CREATE EVENT TRIGGER %I ON %I EXECUTE FUNCTION %s()', e.evtname,
                             e.evtevent, e.evtfoid::regproc)
    FROM pg_catalog.pg_event_trigger AS e
    WHERE NOT EXISTS (SELECT FROM member AS m
                      WHERE m.classid = 'pg_catalog.pg_event_trigger'::regclass
                        AND m.objid = e.oid)
)
SELECT sql FROM made ORDER BY phase, oid
