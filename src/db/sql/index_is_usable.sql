-- $1 index as SQL; true too where there is none
SELECT coalesce((SELECT i.indisvalid AND i.indisready FROM pg_catalog.pg_index AS i
                 WHERE i.indexrelid = pg_catalog.to_regclass($1)), true)
