CREATE TABLE orders (id bigint PRIMARY KEY, a text NOT NULL);
-- next migration
-- lockstep: allow drop-column: unused
ALTER TABLE orders DROP COLUMN a;
-- down
ALTER TABLE orders ADD COLUMN a text NOT NULL;
