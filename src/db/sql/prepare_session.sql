-- $1 statement_timeout in ms, $2 'on' for read only, $3 client encoding, $4 application name.
-- A setting that a server of this version does not know is not in pg_settings. A client that is
-- gone without a word must not hold locks: idle in transaction has a limit, and so has its socket.
SELECT pg_catalog.set_config(wanted.name, wanted.value, false)
FROM pg_catalog.pg_settings AS s
JOIN (VALUES
    ('statement_timeout', $1::text),
    ('default_transaction_read_only', CASE $2::text WHEN 'on' THEN 'on' END),
    ('client_encoding', $3::text),
    ('application_name', $4::text),
    ('lock_timeout', '0'),
    ('idle_in_transaction_session_timeout', '60s'),
    ('idle_session_timeout', '0'),
    ('transaction_timeout', '0'),
    ('tcp_keepalives_idle', '30'),
    ('tcp_keepalives_interval', '10'),
    ('tcp_keepalives_count', '3'),
    ('standard_conforming_strings', 'on')
) AS wanted (name, value) ON wanted.name = s.name
WHERE wanted.value IS NOT NULL
