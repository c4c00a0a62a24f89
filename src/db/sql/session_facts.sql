SELECT pg_catalog.pg_is_in_recovery(),
       pg_catalog.current_setting('transaction_read_only')::boolean, pg_catalog.current_database(),
       session_user, EXISTS (SELECT FROM pg_catalog.pg_event_trigger)
