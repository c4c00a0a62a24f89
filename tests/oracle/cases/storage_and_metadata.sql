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
