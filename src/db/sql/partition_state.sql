-- $1 parent as SQL, $2 partition as SQL. No row: detached.
SELECT h.inhdetachpending
FROM pg_catalog.pg_inherits AS h
WHERE h.inhparent = pg_catalog.to_regclass($1) AND h.inhrelid = pg_catalog.to_regclass($2)
