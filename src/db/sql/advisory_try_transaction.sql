-- $1 key, $2 the lock timeout that is to hold from here on, or NULL: as it is
SELECT pg_catalog.pg_try_advisory_xact_lock($1::bigint),
       CASE WHEN $2::text IS NOT NULL THEN pg_catalog.set_config('lock_timeout', $2, true) END
