-- $1 pid of a session whose client cannot be reached. Ends it, and waits a second for that, where it
-- waits for its client; what is at work is left alone.
SELECT pg_catalog.pg_terminate_backend(a.pid, 1000)
FROM pg_catalog.pg_stat_activity AS a
WHERE a.pid = $1::integer AND a.usename = session_user
  AND a.wait_event_type = 'Client' AND a.wait_event IN ('ClientRead', 'ClientWrite')
