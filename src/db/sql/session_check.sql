-- $1 key of the lock, which is taken once more in case it was dropped; $2 role and $3 user that the
-- session began with. Beside the lock: how many prepared statements are ours, and whether there is
-- something in the session that putting back its settings leaves there.
SELECT pg_catalog.pg_try_advisory_lock($1::bigint), p.ours,
       p.has_theirs
       OR pg_catalog.current_setting('role') OPERATOR(pg_catalog.<>) $2
       OR session_user OPERATOR(pg_catalog.<>) $3::name
       OR EXISTS (SELECT FROM pg_catalog.pg_cursor() AS c WHERE c.is_holdable)
       OR EXISTS (SELECT FROM pg_catalog.pg_listening_channels())
       OR EXISTS (SELECT FROM pg_catalog.pg_depend AS d
                  WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_namespace'::regclass
                    AND d.refobjid OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema())
FROM (SELECT pg_catalog.count(*) FILTER (WHERE NOT s.from_sql) AS ours,
             coalesce(pg_catalog.bool_or(s.from_sql), false) AS has_theirs
      FROM pg_catalog.pg_prepared_statement() AS s) AS p
