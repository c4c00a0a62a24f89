-- $1 pid of the session that is watched. One row: whether it
-- waits and for what, the strongest lock that it holds on a relation that others can see and that
-- stops them (what it has made itself is not in our snapshot), and who waits behind it. A session
-- that waits ahead of another in the queue blocks it, too.
WITH locks AS MATERIALIZED (
    SELECT l.*, row(l.locktype, l.database, l.relation, l.page, l.tuple, l.virtualxid,
                    l.transactionid, l.classid, l.objid, l.objsubid)::text AS object
    FROM pg_catalog.pg_locks AS l
), own AS (
    SELECT l.* FROM locks AS l WHERE l.pid = $1::integer
), wanted AS (
    SELECT o.mode, o.locktype, n.nspname, c.relname
    FROM own AS o
    LEFT JOIN pg_catalog.pg_class AS c ON c.oid = o.relation
    LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE NOT o.granted
    LIMIT 1
), held AS (
    SELECT o.mode, n.nspname, c.relname
    FROM own AS o
    JOIN pg_catalog.pg_class AS c ON c.oid = o.relation
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    JOIN (VALUES ('ShareLock', 1), ('ShareRowExclusiveLock', 2), ('ExclusiveLock', 3),
                 ('AccessExclusiveLock', 4)) AS strong (mode, strength) ON strong.mode = o.mode
    WHERE o.granted AND o.locktype = 'relation'
      AND (c.relkind <> 'm' OR o.mode = 'AccessExclusiveLock')
    ORDER BY c.relkind NOT IN ('r', 'p', 'm', 'f'), strong.strength DESC, c.oid
    LIMIT 1
), behind AS (
    SELECT w.pid, min(w.waitstart) AS since
    FROM locks AS w
    WHERE NOT w.granted AND w.pid <> $1::integer
      AND w.object IN (SELECT o.object FROM own AS o)
    GROUP BY w.pid
), queue AS (
    SELECT count(*) AS sessions,
           (extract(epoch FROM pg_catalog.clock_timestamp() - min(b.since)) * 1000)::bigint AS age
    FROM behind AS b
    WHERE $1::integer = ANY (pg_catalog.pg_blocking_pids(b.pid))
)
SELECT EXISTS (SELECT FROM wanted),
       (SELECT w.mode FROM wanted AS w),
       (SELECT pg_catalog.format('%I.%I', w.nspname, w.relname) FROM wanted AS w
        WHERE w.relname IS NOT NULL),
       (SELECT h.mode FROM held AS h),
       (SELECT pg_catalog.format('%I.%I', h.nspname, h.relname) FROM held AS h),
       q.sessions, q.age
FROM queue AS q
