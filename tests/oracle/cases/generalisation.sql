-- Combinations and states that the other files do not have.

--- schema generalisation
CREATE TABLE g_people (id int PRIMARY KEY, a int, b text, v varchar(10), at timestamp);
INSERT INTO g_people SELECT g, g, 'b' || g, 'v' || g, timestamp '2024-01-01' FROM generate_series(1, 600) g;
CREATE TABLE g_parent (id int, a int);
CREATE TABLE g_child (c int) INHERITS (g_parent);
CREATE TABLE g_grandchild (d int) INHERITS (g_child);
INSERT INTO g_parent SELECT g, g FROM generate_series(1, 400) g;
INSERT INTO g_child SELECT g, g, g FROM generate_series(1, 400) g;
INSERT INTO g_grandchild SELECT g, g, g, g FROM generate_series(1, 400) g;
CREATE TABLE g_split (id int NOT NULL, k int NOT NULL, v text) PARTITION BY RANGE (k);
CREATE TABLE g_low PARTITION OF g_split FOR VALUES FROM (0) TO (300);
CREATE TABLE g_high PARTITION OF g_split FOR VALUES FROM (300) TO (600) PARTITION BY LIST (id);
CREATE TABLE g_high_one PARTITION OF g_high FOR VALUES IN (400, 401);
CREATE TABLE g_high_rest PARTITION OF g_high DEFAULT;
CREATE TABLE g_rest PARTITION OF g_split DEFAULT;
CREATE INDEX g_split_k ON g_split (k);
INSERT INTO g_split SELECT g, g, 'v' FROM generate_series(1, 900) g;
CREATE TABLE g_keyed (id int PRIMARY KEY, x int) PARTITION BY RANGE (id);
CREATE TABLE g_keyed_1 PARTITION OF g_keyed FOR VALUES FROM (0) TO (500);
CREATE TABLE g_keyed_2 PARTITION OF g_keyed FOR VALUES FROM (500) TO (1000);
INSERT INTO g_keyed SELECT g, g FROM generate_series(1, 900) g;
CREATE TABLE g_refers (id int PRIMARY KEY, keyed int REFERENCES g_keyed);
INSERT INTO g_refers SELECT g, g FROM generate_series(1, 300) g;
CREATE SEQUENCE g_numbers;
CREATE DOMAIN g_seven AS int DEFAULT 7;
CREATE DOMAIN g_still_seven AS g_seven;
CREATE DOMAIN g_short AS varchar(10);

--- case generalisation {s} on generalisation
--- each s
---   ALTER TABLE g_people ADD COLUMN c int DEFAULT nextval('g_numbers')
---   ALTER TABLE g_people ADD COLUMN c g_seven NOT NULL
---   ALTER TABLE g_people ADD COLUMN c g_still_seven NOT NULL, ADD CHECK (c > 0)
---   ALTER TABLE g_people ALTER a TYPE regclass USING a::oid::regclass
---   ALTER TABLE g_people ALTER v TYPE text USING CAST(v::text AS varchar)
---   ALTER TABLE g_people ALTER v TYPE varchar(20) USING v::varchar(5)::varchar(20)
---   ALTER TABLE g_parent ADD CHECK (a > 0) NO INHERIT NOT VALID
---   ALTER TABLE g_parent ADD FOREIGN KEY (a) REFERENCES g_people NOT VALID
---   ALTER TABLE g_parent ADD UNIQUE (id)
---   ALTER TABLE ONLY g_parent DROP COLUMN a
---   REINDEX TABLE g_parent
---   REINDEX INDEX g_split_k
---   CREATE PUBLICATION g_published FOR TABLE g_parent
---   CREATE PUBLICATION g_published FOR TABLE ONLY g_parent
---   CREATE PUBLICATION g_published FOR TABLE g_split
---   UPDATE g_split SET k = 5000 WHERE k = 5
---   UPDATE g_split SET k = 400, id = 400 WHERE k = 5
---   UPDATE g_split SET k = 6 WHERE k = 5
---   UPDATE g_split SET v = 'x', k = k WHERE k = 5
---   INSERT INTO g_refers VALUES (900, 700)
---   INSERT INTO g_refers VALUES (900, 700), (901, 2)
---   INSERT INTO g_refers SELECT id + 1000, 5 FROM g_refers
---   INSERT INTO g_keyed VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET x = 4
---   INSERT INTO g_keyed VALUES (1, 1) ON CONFLICT DO NOTHING
--- run
{s}

--- case generalisation outside {s} on generalisation
--- each s
---   REINDEX INDEX g_split_k
---   REINDEX INDEX CONCURRENTLY g_split_k
---   REINDEX TABLE CONCURRENTLY g_parent
---   CLUSTER g_split USING g_split_k
--- run outside
{s};

--- case a column of {type} becomes {new}
--- each type -> new
---   g_ten -> varchar(20)
---   g_ten -> varchar
---   g_ten -> g_twenty
---   interval day -> interval day to second
---   interval hour to minute -> interval minute
---   interval second(2) -> interval day to second
---   interval year -> interval month
---   interval month -> interval year
--- setup
CREATE DOMAIN g_ten AS varchar(10);
CREATE DOMAIN g_twenty AS varchar(20);
CREATE TABLE g_typed (id int PRIMARY KEY, c {type});
INSERT INTO g_typed SELECT g, NULL FROM generate_series(1, 300) g;
--- run
ALTER TABLE g_typed ALTER c TYPE {new}

--- case a constraint that the tables below have too: {s} on generalisation
--- each s
---   ALTER TABLE g_parent RENAME CONSTRAINT g_positive TO g_above
---   ALTER TABLE ONLY g_child DROP CONSTRAINT g_own
---   ALTER TABLE g_parent ADD CONSTRAINT g_own CHECK (a > 0)
--- setup
ALTER TABLE g_parent ADD CONSTRAINT g_positive CHECK (id > 0);
ALTER TABLE g_child ADD CONSTRAINT g_own CHECK (a > 0);
--- run
{s}

--- case an attached table with a key of another kind: {key} on generalisation
--- each key
---   PRIMARY KEY
---   NOT NULL UNIQUE
--- setup
CREATE TABLE g_keyed_3 (id int {key}, x int);
INSERT INTO g_keyed_3 SELECT g, g FROM generate_series(1001, 1300) g;
--- run
ALTER TABLE g_keyed ATTACH PARTITION g_keyed_3 FOR VALUES FROM (1000) TO (2000)

--- case SET TIME ZONE {zone} before a change of type on generalisation
--- each zone
---   0
---   '0'
---   INTERVAL '+00:00' HOUR TO MINUTE
---   2
--- run
SET TIME ZONE {zone};
ALTER TABLE g_people ALTER at TYPE timestamptz

--- case a block that asks: {condition} on generalisation
--- each condition
---   EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'g_people' AND column_name = 'a')
---   EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'g_people' AND column_name = 'z')
---   NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'g_people' AND column_name = 'a')
---   EXISTS (SELECT 1 FROM pg_class WHERE relname = 'g_nothing')
---   to_regclass('g_people') IS NOT NULL
---   to_regclass('g_people') IS NULL
---   NOT to_regclass('g_nothing') IS NULL
---   EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'g_refers_pkey')
---   NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'g_nothing')
--- run
DO $$ BEGIN
  IF {condition} THEN
    ALTER TABLE g_people ADD COLUMN z int;
  ELSE
    ALTER TABLE g_parent ADD COLUMN z int;
  END IF;
END $$

--- case triggers are off: {off}; {write} on generalisation
--- each off -> write
---   ALTER TABLE g_refers DISABLE TRIGGER ALL -> INSERT INTO g_refers VALUES (900, 7)
---   ALTER TABLE g_refers DISABLE TRIGGER USER -> INSERT INTO g_refers VALUES (900, 7)
---   SET LOCAL session_replication_role = replica -> INSERT INTO g_refers VALUES (900, 7)
---   SET LOCAL session_replication_role = origin -> INSERT INTO g_refers VALUES (900, 7)
---   ALTER TABLE g_refers DISABLE TRIGGER ALL -> DELETE FROM g_keyed WHERE id = 800
--- run
{off};
{write}

--- case triggers are on again on generalisation
--- setup
ALTER TABLE g_refers DISABLE TRIGGER ALL;
--- run
ALTER TABLE g_refers ENABLE TRIGGER ALL;
INSERT INTO g_refers VALUES (900, 7)

--- case a partitioned table with a foreign key: {s} on generalisation
--- each s
---   ALTER TABLE g_split DISABLE TRIGGER USER
---   ALTER TABLE g_split DISABLE TRIGGER ALL
---   ALTER TABLE g_keyed DISABLE TRIGGER USER
---   ALTER TABLE g_keyed ENABLE TRIGGER ALL
--- setup
DELETE FROM g_split WHERE id > 600;
ALTER TABLE g_split ADD FOREIGN KEY (id) REFERENCES g_people;
--- run
{s}
