-- What load_history.sql has of the attempt; marker is the column of that name, or NULL.
     , h.attempt, h.run,
       (pg_catalog.date_part('epoch', h.started_at) * 1000000::float8)::bigint,
       h.client, h.down_checksum, h.sqlstate, h.error, {marker}
