CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE lines (id bigint PRIMARY KEY);
-- next migration
-- lockstep: allow truncate-loses-rows: a cache
TRUNCATE orders;
ALTER TABLE orders ADD COLUMN channel text NOT NULL;
-- lockstep: allow write-without-where: a cache
DELETE FROM lines;
ALTER TABLE lines ADD COLUMN a text NOT NULL;
INSERT INTO lines VALUES (1, 'a');
ALTER TABLE lines ADD COLUMN b text NOT NULL;
-- not for a server: it refuses the last statement
