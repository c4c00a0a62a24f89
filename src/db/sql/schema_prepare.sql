-- Names come out with their schemas, and nobody waits long for us: what deparses a view takes
-- ACCESS SHARE on its tables.
SELECT pg_catalog.set_config('search_path', '', true),
       pg_catalog.set_config('lock_timeout', '2s', true),
       pg_catalog.set_config('statement_timeout', '60s', true),
       pg_catalog.set_config('quote_all_identifiers', 'off', true),
       pg_catalog.set_config('DateStyle', 'ISO', true),
       pg_catalog.set_config('IntervalStyle', 'postgres', true)
