-- What a migration may have set must not decide what the history says. $1 role, $2 what is to become
-- of synchronous_commit, or NULL: it stays. The answer is whether there are event triggers.
SELECT EXISTS (SELECT FROM pg_catalog.pg_event_trigger),
       pg_catalog.set_config('role', $1, true),
       pg_catalog.set_config('client_encoding', 'UTF8', true),
       pg_catalog.set_config('search_path', 'pg_catalog', true),
       pg_catalog.set_config('statement_timeout', '0', true),
       pg_catalog.set_config('lock_timeout', '0', true),
       CASE WHEN $2::text IS NOT NULL
            THEN pg_catalog.set_config('synchronous_commit', $2, true) END
