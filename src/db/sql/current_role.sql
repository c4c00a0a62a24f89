SELECT pg_catalog.current_setting('role')
