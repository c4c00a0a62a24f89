-- ATTACH, DETACH, and what partitions drag along.

--- schema diary
CREATE TABLE place (id int PRIMARY KEY);
CREATE TABLE entry (day int NOT NULL, place_id int) PARTITION BY RANGE (day);
CREATE TABLE entry_a PARTITION OF entry FOR VALUES FROM (0) TO (100);
CREATE TABLE entry_new (day int NOT NULL, place_id int);
INSERT INTO place SELECT g FROM generate_series(1, 300) g;
INSERT INTO entry SELECT g, g FROM generate_series(1, 99) g;
INSERT INTO entry_new SELECT g, g FROM generate_series(101, 199) g;

--- case attach with {proof} on diary
--- each proof
---   CHECK (day >= 100 AND day < 200)
---   CHECK (day IS NOT NULL AND day >= 100 AND day < 200)
---   CHECK (day >= 100)
---   CHECK (day >= 120 AND day < 150) NOT VALID
---   CHECK (place_id > 0)
---   UNIQUE (day)
--- setup
ALTER TABLE entry_new ADD {proof};
--- run
ALTER TABLE entry ATTACH PARTITION entry_new FOR VALUES FROM (100) TO (200);

--- case attach without proof on diary
--- run
ALTER TABLE entry ATTACH PARTITION entry_new FOR VALUES FROM (100) TO (200);

--- case attach as default on diary
--- run
ALTER TABLE entry ATTACH PARTITION entry_new DEFAULT;

--- case attach a proven table whose column may be null on diary
--- setup
CREATE TABLE entry_null (day int, place_id int, CHECK (day >= 100 AND day < 200));
INSERT INTO entry_null SELECT g, g FROM generate_series(101, 199) g;
--- run
ALTER TABLE entry ATTACH PARTITION entry_null FOR VALUES FROM (100) TO (200);

--- case attach beside a default partition on diary
--- setup
CREATE TABLE entry_rest PARTITION OF entry DEFAULT;
INSERT INTO entry SELECT g, g FROM generate_series(1001, 1300) g;
--- run
ALTER TABLE entry ATTACH PARTITION entry_new FOR VALUES FROM (100) TO (200);

--- case attach beside a default partition that excludes it on diary
--- setup
CREATE TABLE entry_rest PARTITION OF entry DEFAULT;
INSERT INTO entry SELECT g, g FROM generate_series(1001, 1300) g;
ALTER TABLE entry_rest ADD CHECK (day IS NOT NULL AND day >= 1000);
--- run
ALTER TABLE entry ATTACH PARTITION entry_new FOR VALUES FROM (100) TO (200);

--- case attach where the parent has an index, the partition {partition} on diary
--- each partition -> more
---   none -> SELECT 1
---   the same -> CREATE INDEX ON entry_new (place_id)
---   another -> CREATE INDEX ON entry_new (day, place_id)
--- setup
CREATE INDEX entry_place ON entry (place_id);
{more};
--- run
ALTER TABLE entry ATTACH PARTITION entry_new FOR VALUES FROM (100) TO (200);

--- case attach where the parent has a foreign key, the partition {partition} on diary
--- each partition -> more
---   none -> SELECT 1
---   the same -> ALTER TABLE entry_new ADD FOREIGN KEY (place_id) REFERENCES place
--- setup
ALTER TABLE entry ADD FOREIGN KEY (place_id) REFERENCES place;
{more};
--- run
ALTER TABLE entry ATTACH PARTITION entry_new FOR VALUES FROM (100) TO (200);

--- schema referred
CREATE TABLE seat (id int PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE seat_a PARTITION OF seat FOR VALUES FROM (0) TO (301);
CREATE TABLE seat_b PARTITION OF seat FOR VALUES FROM (301) TO (601);
CREATE TABLE guest (seat_id int REFERENCES seat);
CREATE TABLE seat_new (id int PRIMARY KEY);
INSERT INTO seat SELECT g FROM generate_series(1, 600) g;
INSERT INTO guest SELECT g FROM generate_series(1, 300) g;
INSERT INTO seat_new SELECT g FROM generate_series(601, 900) g;

--- case attach to a table that another refers to on referred
--- run
ALTER TABLE seat ATTACH PARTITION seat_new FOR VALUES FROM (601) TO (901);

--- case detach from a table that another refers to on referred
--- run
ALTER TABLE seat DETACH PARTITION seat_b;

--- case drop a partition that another refers to on referred
--- run
DROP TABLE seat_b;

--- case truncate a table that another refers to on referred
--- run
TRUNCATE seat CASCADE;

--- case detach on diary
--- run
ALTER TABLE entry DETACH PARTITION entry_a;

--- case detach beside a default partition on diary
--- setup
CREATE TABLE entry_rest PARTITION OF entry DEFAULT;
INSERT INTO entry SELECT g, g FROM generate_series(1001, 1300) g;
--- run
ALTER TABLE entry DETACH PARTITION entry_a;

--- case detach the default partition on diary
--- setup
CREATE TABLE entry_rest PARTITION OF entry DEFAULT;
INSERT INTO entry SELECT g, g FROM generate_series(1001, 1300) g;
--- run
ALTER TABLE entry DETACH PARTITION entry_rest;

--- case detach with a foreign key on diary
--- setup
ALTER TABLE entry ADD FOREIGN KEY (place_id) REFERENCES place;
--- run
ALTER TABLE entry DETACH PARTITION entry_a;

--- case detach concurrently on diary
--- run outside
ALTER TABLE entry DETACH PARTITION entry_a CONCURRENTLY;

--- case detach concurrently beside a default partition on diary
--- setup
CREATE TABLE entry_rest PARTITION OF entry DEFAULT;
--- run outside
ALTER TABLE entry DETACH PARTITION entry_a CONCURRENTLY;

--- case detach concurrently in a transaction on diary
--- run
ALTER TABLE entry DETACH PARTITION entry_a CONCURRENTLY;

--- case drop a partition with a foreign key on diary
--- setup
ALTER TABLE entry ADD FOREIGN KEY (place_id) REFERENCES place;
--- run
DROP TABLE entry_a;

--- case drop a table that partitions refer to on diary
--- setup
ALTER TABLE entry ADD FOREIGN KEY (place_id) REFERENCES place;
--- run
DROP TABLE place CASCADE;

--- case two levels of partitions, {command}
--- each command
---   ADD COLUMN c int DEFAULT 1
---   ALTER v TYPE bigint
---   ADD CHECK (v > 0)
---   DROP COLUMN v
---   ALTER v SET NOT NULL
--- setup
CREATE TABLE globe (a int, v int) PARTITION BY LIST (a);
CREATE TABLE land PARTITION OF globe FOR VALUES IN (1) PARTITION BY RANGE (v);
CREATE TABLE land_1 PARTITION OF land FOR VALUES FROM (0) TO (1000);
CREATE TABLE sea PARTITION OF globe FOR VALUES IN (2);
INSERT INTO globe SELECT 1 + g % 2, g FROM generate_series(1, 600) g;
--- run
ALTER TABLE sea ADD CHECK (v >= 0);
ALTER TABLE globe {command};

--- case new partitioned table with partitions on diary
--- run
CREATE TABLE fresh (a int) PARTITION BY RANGE (a);
CREATE TABLE fresh_1 PARTITION OF fresh FOR VALUES FROM (1) TO (2);
CREATE INDEX ON fresh (a);

--- case move a partition to another table on diary
--- run
ALTER TABLE entry DETACH PARTITION entry_a;
ALTER TABLE entry ATTACH PARTITION entry_a FOR VALUES FROM (0) TO (100);
