-- What a session of this role in this database begins with, as far as it decides what SQL means.
-- "$user" is a name that nobody else can know; a schema that is not there is passed over.
SELECT pg_catalog.format('ALTER DATABASE %I SET %I TO %s', pg_catalog.current_database(), s.name,
           CASE WHEN s.name <> 'search_path' THEN pg_catalog.quote_literal(s.reset_val)
                WHEN n.nspname IS NULL THEN coalesce(nullif(s.reset_val, ''), '''''')
                ELSE pg_catalog.replace(s.reset_val, '"$user"',
                                        pg_catalog.quote_ident(n.nspname)) END)
FROM pg_catalog.pg_settings AS s
LEFT JOIN pg_catalog.pg_namespace AS n ON n.nspname = session_user
WHERE s.name IN ('search_path', 'TimeZone', 'default_tablespace', 'default_table_access_method')
  -- The path that is taken where nobody says another.
  AND NOT (s.name = 'search_path' AND n.nspname IS NULL AND s.reset_val = '"$user", public')
ORDER BY s.name
