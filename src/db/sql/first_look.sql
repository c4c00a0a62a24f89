SELECT pg_catalog.current_setting('role'), pg_catalog.pg_backend_pid()
