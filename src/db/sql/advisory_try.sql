-- $1 key. Never the blocking function: its snapshot would hold up a concurrent index build.
SELECT pg_catalog.pg_try_advisory_lock($1::bigint)
