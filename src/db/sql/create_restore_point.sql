-- $1 name, at most 63 bytes. Returns the end of its WAL record.
SELECT pg_catalog.pg_create_restore_point($1)
