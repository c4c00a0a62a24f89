-- Where a relation is stored, whose it is, and what is said about it.

--- schema den
CREATE TABLE bear (id int PRIMARY KEY, name text, n int GENERATED ALWAYS AS IDENTITY, s serial);
CREATE TABLE fox (id int REFERENCES bear, w int);
CREATE INDEX bear_name ON bear (name);
CREATE UNIQUE INDEX bear_uniq ON bear (n);
CREATE VIEW bears AS SELECT id, name FROM bear;
INSERT INTO bear SELECT g, 'c' || g FROM generate_series(1, 300) g;
INSERT INTO fox SELECT g, g FROM generate_series(1, 300) g;
CREATE MATERIALIZED VIEW bear_copy AS SELECT * FROM bear;
CREATE UNIQUE INDEX bear_copy_id ON bear_copy (id);
CREATE TABLE wood (k int NOT NULL, crop text) PARTITION BY LIST (k);
CREATE TABLE wood_1 PARTITION OF wood FOR VALUES IN (1);
CREATE TABLE wood_2 PARTITION OF wood FOR VALUES IN (2);
CREATE INDEX wood_k ON wood (k);
INSERT INTO wood SELECT 1 + g % 2, 'f' FROM generate_series(1, 600) g;
CREATE TABLE far (a int) TABLESPACE oracle_space;
INSERT INTO far SELECT g FROM generate_series(1, 300) g;
CREATE INDEX far_a ON far (a) TABLESPACE oracle_space;
CREATE TABLE lent (a serial PRIMARY KEY);
INSERT INTO lent SELECT g FROM generate_series(1, 300) g;
CREATE VIEW lent_view AS SELECT * FROM lent;
ALTER TABLE lent OWNER TO oracle_reader;
CREATE STATISTICS bear_stats ON id, name FROM bear;
CREATE PUBLICATION pub FOR TABLE bear, fox;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER on_bear AFTER INSERT ON bear FOR EACH ROW EXECUTE FUNCTION note();
CREATE RULE bear_rule AS ON DELETE TO bear DO ALSO NOTHING;
CREATE POLICY bear_policy ON bear USING (true);
DROP ACCESS METHOD IF EXISTS heap2 CASCADE;
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;

--- case storage: {text} on den
--- each text
---   ALTER TABLE bear SET TABLESPACE pg_default
---   ALTER TABLE bear SET TABLESPACE oracle_space
---   ALTER TABLE far SET TABLESPACE oracle_space
---   ALTER TABLE far SET TABLESPACE pg_default
---   ALTER TABLE wood SET TABLESPACE oracle_space
---   ALTER INDEX bear_name SET TABLESPACE oracle_space
---   ALTER INDEX far_a SET TABLESPACE oracle_space
---   ALTER MATERIALIZED VIEW bear_copy SET TABLESPACE oracle_space
---   ALTER TABLE ALL IN TABLESPACE oracle_space SET TABLESPACE pg_default
---   ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE pg_default
---   ALTER MATERIALIZED VIEW ALL IN TABLESPACE pg_default SET TABLESPACE oracle_space
---   ALTER TABLE ALL IN TABLESPACE pg_default OWNED BY oracle_reader SET TABLESPACE oracle_space
---   ALTER INDEX ALL IN TABLESPACE oracle_space SET TABLESPACE pg_default NOWAIT
---   ALTER TABLE bear SET ACCESS METHOD heap
---   ALTER TABLE bear SET ACCESS METHOD heap2
---   ALTER TABLE bear OWNER TO postgres
---   ALTER TABLE bear OWNER TO oracle_reader
---   ALTER TABLE lent OWNER TO oracle_reader
---   ALTER TABLE lent OWNER TO postgres
---   ALTER VIEW bears OWNER TO oracle_reader
---   REASSIGN OWNED BY oracle_reader TO postgres
---   DROP OWNED BY oracle_reader CASCADE
---   TRUNCATE lent RESTART IDENTITY
--- run
{text};

--- case metadata: {text} on den
--- each text
---   COMMENT ON CONSTRAINT fox_id_fkey ON fox IS 'x'
---   COMMENT ON TRIGGER on_bear ON bear IS 'x'
---   COMMENT ON RULE bear_rule ON bear IS 'x'
---   COMMENT ON POLICY bear_policy ON bear IS 'x'
---   COMMENT ON INDEX bear_name IS 'x'
---   COMMENT ON VIEW bears IS 'x'
---   COMMENT ON MATERIALIZED VIEW bear_copy IS 'x'
---   COMMENT ON COLUMN bears.name IS 'x'
---   COMMENT ON FUNCTION note() IS 'x'
---   DROP STATISTICS IF EXISTS nosuch
---   ALTER PUBLICATION pub SET TABLE wood
---   ALTER PUBLICATION pub SET TABLE bear, lent
---   ALTER PUBLICATION pub DROP TABLE bear
---   ALTER PUBLICATION pub ADD TABLE lent, wood_1
---   CREATE PUBLICATION other FOR TABLE ONLY wood
---   ALTER INDEX bear_name DEPENDS ON EXTENSION plpgsql
---   ALTER INDEX bear_name NO DEPENDS ON EXTENSION plpgsql
---   ALTER MATERIALIZED VIEW bear_copy DEPENDS ON EXTENSION plpgsql
---   ALTER TRIGGER on_bear ON bear DEPENDS ON EXTENSION plpgsql
---   ALTER FUNCTION note() DEPENDS ON EXTENSION plpgsql
--- run
{text};

--- schema lair
CREATE TABLE bat (id int PRIMARY KEY, name text, n int NOT NULL);
CREATE TABLE owl (id int REFERENCES bat, w int);
CREATE INDEX bat_name ON bat (name);
CREATE INDEX bat_expression ON bat ((id + 1));
CREATE INDEX bat_hash ON bat USING hash (name);
CREATE UNIQUE INDEX bat_n ON bat (n);
CREATE UNIQUE INDEX bat_nullable ON bat (name, id);
CREATE UNIQUE INDEX bat_part ON bat (id) WHERE id > 5;
CREATE VIEW bats AS SELECT id, name FROM bat;
INSERT INTO bat SELECT g, 'c' || g, g FROM generate_series(1, 300) g;
CREATE MATERIALIZED VIEW bat_copy AS SELECT * FROM bat;
CREATE TABLE cave (k int NOT NULL, crop text) PARTITION BY LIST (k);
CREATE TABLE cave_1 PARTITION OF cave FOR VALUES IN (1);
CREATE INDEX cave_k ON cave (k);
INSERT INTO cave SELECT 1, 'f' FROM generate_series(1, 600) g;
CREATE SEQUENCE ring;
CREATE UNLOGGED TABLE mole (id int PRIMARY KEY);
INSERT INTO mole SELECT g FROM generate_series(1, 300) g;
CREATE TABLE newt (id int);
CREATE PUBLICATION hiss FOR TABLE newt;
CREATE FOREIGN DATA WRAPPER hollow;
CREATE SERVER hole FOREIGN DATA WRAPPER hollow;
CREATE FOREIGN TABLE deep (a int, b int) SERVER hole;

--- case refused: {text} on lair
--- each text
---   ALTER TABLE bat SET UNLOGGED
---   ALTER TABLE newt SET UNLOGGED
---   ALTER TABLE mole SET LOGGED
---   ALTER TABLE bats SET UNLOGGED
---   ALTER TABLE bat_copy SET LOGGED
---   ALTER TABLE cave SET UNLOGGED
---   ALTER TABLE cave SET ACCESS METHOD heap
---   ALTER TABLE cave SET (fillfactor = 50)
---   ALTER TABLE cave RESET (fillfactor)
---   ALTER INDEX cave_k SET (fillfactor = 50)
---   ALTER TABLE ring SET (fillfactor = 50)
---   ALTER TABLE bats ADD COLUMN x int
---   ALTER TABLE bat_copy ADD CHECK (id > 0)
---   ALTER TABLE deep SET TABLESPACE pg_default
---   CLUSTER bat
---   CLUSTER bat USING nosuch
---   CLUSTER bat USING bat_part
---   CLUSTER bat USING bat_hash
---   CLUSTER bat USING cave_k
---   CLUSTER bat USING bat_expression
---   CLUSTER bats USING bat_name
---   CLUSTER cave USING cave_k
---   ALTER TABLE bat CLUSTER ON bat_part
---   ALTER TABLE cave CLUSTER ON cave_k
---   ALTER TABLE cave SET WITHOUT CLUSTER
---   ALTER TABLE bat REPLICA IDENTITY USING INDEX bat_n
---   ALTER TABLE bat REPLICA IDENTITY USING INDEX bat_pkey
---   ALTER TABLE bat REPLICA IDENTITY USING INDEX bat_name
---   ALTER TABLE bat REPLICA IDENTITY USING INDEX bat_nullable
---   ALTER TABLE bat REPLICA IDENTITY USING INDEX bat_part
---   ALTER TABLE bat REPLICA IDENTITY USING INDEX nosuch
---   CREATE INDEX ON bats (id)
---   CREATE INDEX ON deep (a)
---   CREATE UNIQUE INDEX ON bat USING gin (n)
---   CREATE INDEX ON bat USING hash (n, id)
---   CREATE INDEX ON bat USING brin (n) INCLUDE (id)
---   CREATE INDEX ON bat USING brin (n DESC)
---   CREATE INDEX ON bat USING brin (n, id)
---   REINDEX TABLE bats
---   REINDEX TABLE bat_name
---   REINDEX INDEX bat
---   REINDEX TABLE cave
---   REINDEX INDEX cave_k
---   ALTER PUBLICATION hiss ADD TABLE newt
---   ALTER PUBLICATION hiss DROP TABLE owl
---   CREATE STATISTICS odd ON id, name FROM bats
---   GRANT SELECT ON bat_name TO PUBLIC
---   SELECT * FROM deep
---   INSERT INTO deep VALUES (1, 1)
---   ANALYZE deep
---   LOCK TABLE deep
---   IMPORT FOREIGN SCHEMA far FROM SERVER hole INTO public
--- run
{text};

--- case refused outside: {text} on lair
--- each text
---   DROP INDEX CONCURRENTLY cave_k
---   DROP INDEX CONCURRENTLY bat_name CASCADE
---   REINDEX TABLE cave
--- run outside
{text};

--- schema mill
CREATE TABLE oat (id int PRIMARY KEY, a int CONSTRAINT oat_a UNIQUE, b text, CONSTRAINT oat_pos CHECK (id > 0), EXCLUDE USING btree (b WITH =));
INSERT INTO oat SELECT g, g, 'b' || g FROM generate_series(1, 1500) g;
CREATE INDEX oat_lower ON oat (lower(b));
ALTER TABLE oat CLUSTER ON oat_a;
CREATE TABLE bin (k int PRIMARY KEY, v text) PARTITION BY RANGE (k);
CREATE TABLE bin_1 PARTITION OF bin FOR VALUES FROM (0) TO (1000);
CREATE TABLE bin_2 PARTITION OF bin FOR VALUES FROM (1000) TO (2000);
INSERT INTO bin SELECT g, 'v' FROM generate_series(1, 1500) g;
CREATE TABLE sack (k int, v text);
CREATE TABLE sack_1 () INHERITS (sack);
CREATE INDEX sack_k ON sack (k);
INSERT INTO sack_1 SELECT g, 'v' FROM generate_series(1, 1500) g;
CREATE VIEW oat_view AS SELECT id FROM oat;

--- case mill: {text} on mill
--- each text
---   ALTER TABLE oat RENAME CONSTRAINT oat_a TO oat_b
---   ALTER TABLE oat RENAME CONSTRAINT oat_pos TO oat_b
---   ALTER TABLE oat RENAME CONSTRAINT oat_b_excl TO oat_b
---   CREATE TABLE fresh (LIKE oat INCLUDING INDEXES)
---   CREATE TABLE fresh (LIKE oat INCLUDING COMMENTS)
---   CREATE TABLE fresh (LIKE bin INCLUDING ALL)
---   TRUNCATE bin
---   TRUNCATE ONLY sack
---   ANALYZE sack
---   ANALYZE bin
---   ALTER EXTENSION plpgsql ADD TABLE oat
---   ALTER EXTENSION plpgsql ADD VIEW oat_view
--- run
{text};

--- case mill outside: {text} on mill
--- each text
---   CLUSTER
---   VACUUM oat
---   VACUUM bin
---   VACUUM sack
---   VACUUM (ANALYZE) sack
---   VACUUM (FULL, ANALYZE) bin
---   CLUSTER bin USING bin_pkey
---   REINDEX TABLE CONCURRENTLY oat
--- run outside
{text};
