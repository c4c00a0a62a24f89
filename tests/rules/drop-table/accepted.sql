CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
-- lockstep: allow drop-table: exported
DROP TABLE orders;
