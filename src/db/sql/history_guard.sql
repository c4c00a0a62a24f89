-- $1 version, $2 run, $3 id of the version's newest row when the run began, or NULL
SELECT (SELECT pg_catalog.max(h.id) FROM {schema}.history AS h
        WHERE h.version = $1 AND h.run <> $2) IS NOT DISTINCT FROM $3::bigint
