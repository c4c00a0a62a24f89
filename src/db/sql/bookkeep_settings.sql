-- What a migration may have set must not decide what the history says. $1 role
SELECT pg_catalog.set_config('role', $1, true),
       pg_catalog.set_config('client_encoding', 'UTF8', true),
       pg_catalog.set_config('search_path', 'pg_catalog', true),
       pg_catalog.set_config('statement_timeout', '0', true),
       pg_catalog.set_config('lock_timeout', '0', true)
