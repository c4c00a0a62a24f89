-- lockstep: allow vacuum-full: it is off here, so this comment is not unused
VACUUM FULL orders;
-- lockstep: allow reindex-blocks: nothing to accept
CREATE INDEX orders_b ON orders (b);
ALTER TABLE orders ALTER COLUMN a TYPE bigint;
