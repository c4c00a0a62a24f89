-- $1 transactions, as pg_locks names them. Those that are not over: each holds a lock on itself.
SELECT DISTINCT l.virtualtransaction
FROM pg_catalog.pg_locks AS l
WHERE l.virtualtransaction = ANY ($1::text[])
