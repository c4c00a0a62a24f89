-- $1 pid. One row: whether the session waits for its client, be it that it has nothing to do or that
-- what it sends is not taken; and whether its COMMIT waits for a synchronous standby. No row: there
-- is no such session.
SELECT a.wait_event_type = 'Client' AND a.wait_event IN ('ClientRead', 'ClientWrite'),
       a.wait_event_type = 'IPC' AND a.wait_event = 'SyncRep'
FROM pg_catalog.pg_stat_activity AS a
WHERE a.pid = $1::integer
