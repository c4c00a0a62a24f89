-- What partitions, indexes, sequences and keys refuse for what they belong to, and commands that name another kind;
-- USING that only names the column.

--- schema fields
CREATE TABLE field (id int NOT NULL, zone int NOT NULL, label text) PARTITION BY RANGE (zone);
CREATE TABLE field_a PARTITION OF field FOR VALUES FROM (0) TO (500);
CREATE TABLE field_s PARTITION OF field FOR VALUES FROM (500) TO (900) PARTITION BY LIST (label);
CREATE TABLE plain (id serial PRIMARY KEY, "Mixed" varchar(20), small varchar(20));
CREATE TABLE next (id int NOT NULL, zone int NOT NULL, label text);
CREATE TABLE above (a int, b text);
CREATE TABLE below (c int) INHERITS (above);
CREATE VIEW sight AS SELECT id FROM plain;
CREATE MATERIALIZED VIEW kept AS SELECT id FROM plain;
CREATE INDEX plain_small ON plain (small);
CREATE INDEX field_label ON ONLY field (label);
CREATE INDEX field_a_label ON field_a (label);
CREATE INDEX field_a_id ON field_a (id);
CREATE SEQUENCE loose;
CREATE SCHEMA annex;
CREATE FUNCTION react() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE far (id int, a int) SERVER elsewhere;
INSERT INTO field SELECT g, g, 'f' FROM generate_series(1, 400) g;
INSERT INTO next SELECT g, g, 'n' FROM generate_series(1000, 1400) g;
INSERT INTO plain ("Mixed", small) SELECT 'm' || g, 's' || g FROM generate_series(1, 400) g;

--- case refused part: {run} on fields
--- each run
---   ALTER VIEW plain RENAME TO other
---   ALTER VIEW kept RENAME TO other
---   ALTER SEQUENCE plain RENAME TO other
---   ALTER INDEX plain SET (fillfactor = 70)
---   ALTER INDEX plain RENAME TO other
---   ALTER FOREIGN TABLE plain ADD c int
---   ALTER MATERIALIZED VIEW sight SET SCHEMA annex
---   ALTER INDEX missing SET (fillfactor = 70)
---   CREATE INDEX IF NOT EXISTS i ON missing (a)
---   ALTER TABLE missing DROP COLUMN IF EXISTS a
---   ALTER TABLE missing SET TABLESPACE oracle_space
---   ALTER TABLE plain_small SET SCHEMA annex
---   ALTER SEQUENCE plain_id_seq SET SCHEMA annex
---   ALTER SEQUENCE plain_id_seq OWNER TO oracle_reader
---   ALTER SEQUENCE loose OWNER TO oracle_reader
---   ALTER SEQUENCE loose OWNED BY plain.missing
---   CREATE SEQUENCE more OWNED BY plain.missing
---   CREATE SEQUENCE plain
---   CREATE TEMPORARY SEQUENCE plain
---   CREATE SCHEMA annex
---   CREATE SCHEMA IF NOT EXISTS annex
---   CREATE TABLE fresh (LIKE loose)
---   CREATE TABLE fresh (LIKE plain_small)
---   CREATE TABLE fresh (LIKE missing)
---   COPY plain_small TO '/dev/null'
---   CREATE POLICY p ON sight USING (true)
---   CREATE RULE r AS ON UPDATE TO kept DO ALSO NOTHING
---   CREATE TRIGGER t AFTER UPDATE ON field REFERENCING NEW TABLE AS n FOR EACH ROW EXECUTE FUNCTION react()
---   CREATE TRIGGER t AFTER UPDATE ON field_a REFERENCING NEW TABLE AS n FOR EACH ROW EXECUTE FUNCTION react()
---   CREATE TRIGGER t AFTER UPDATE ON below REFERENCING NEW TABLE AS n FOR EACH ROW EXECUTE FUNCTION react()
---   CREATE TRIGGER t AFTER UPDATE ON field REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION react()
---   ALTER INDEX field_label ATTACH PARTITION field_a_id
---   ALTER INDEX field_label ATTACH PARTITION plain_small
---   ALTER INDEX field_label ATTACH PARTITION field_a_label
---   ALTER INDEX plain_small ATTACH PARTITION field_a_label
---   ALTER TABLE field ADD UNIQUE (zone)
---   CREATE UNIQUE INDEX ON field (zone)
---   ALTER TABLE field ADD UNIQUE (zone, label)
---   ALTER TABLE above ADD c text
---   ALTER TABLE above ADD c int
---   ALTER TABLE plain ALTER small SET STATISTICS 10, ALTER 1 SET STATISTICS 10
---   ALTER TABLE sight ALTER id SET STATISTICS 10
---   ALTER TABLE plain SET TABLESPACE oracle_space, SET TABLESPACE pg_default
---   ALTER TABLE far ADD FOREIGN KEY (a) REFERENCES plain
---   ALTER TABLE far ALTER a TYPE bigint USING a + 1
--- run
{run};

--- case attached beside: {setup} on fields
--- each setup
---   ALTER TABLE next ALTER label TYPE text COLLATE "C"
---   ALTER TABLE next ALTER label TYPE text COLLATE "default"
---   ALTER TABLE field ADD g int GENERATED ALWAYS AS (id) STORED; ALTER TABLE next ADD g int
---   ALTER TABLE field ADD g int; ALTER TABLE next ADD g int GENERATED ALWAYS AS (id) STORED
---   CREATE TRIGGER t BEFORE UPDATE ON field FOR EACH ROW EXECUTE FUNCTION react(); CREATE TRIGGER t BEFORE UPDATE ON next FOR EACH ROW EXECUTE FUNCTION react()
---   CREATE TRIGGER t AFTER UPDATE ON next REFERENCING NEW TABLE AS n FOR EACH ROW EXECUTE FUNCTION react()
---   CREATE TRIGGER t AFTER UPDATE ON next REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION react()
---   DROP TABLE field_s; ALTER TABLE field ADD PRIMARY KEY (zone); ALTER TABLE next ADD PRIMARY KEY (id)
---   DROP TABLE field_s; ALTER TABLE field ADD PRIMARY KEY (zone); ALTER TABLE next ADD PRIMARY KEY (zone)
---   DROP TABLE field_s, next; CREATE UNIQUE INDEX ON field (zone); CREATE FOREIGN TABLE next (id int NOT NULL, zone int NOT NULL, label text) SERVER elsewhere
--- setup
{setup};
--- run
ALTER TABLE field ATTACH PARTITION next FOR VALUES FROM (1000) TO (2000);

--- case type under a foreign key: {run} on fields
--- each run
---   ALTER TABLE refers ALTER plain_id TYPE text
---   ALTER TABLE refers ALTER plain_id TYPE bigint
---   ALTER TABLE plain ALTER id TYPE text
---   ALTER TABLE refers ADD FOREIGN KEY (many) REFERENCES plain
---   ALTER TABLE refers ADD FOREIGN KEY (made) REFERENCES plain ON DELETE SET NULL
---   ALTER TABLE refers ADD FOREIGN KEY (made) REFERENCES plain ON UPDATE CASCADE
---   ALTER TABLE refers ADD FOREIGN KEY (made) REFERENCES plain ON DELETE CASCADE
--- setup
CREATE TABLE refers (plain_id int REFERENCES plain, many int[], made int GENERATED ALWAYS AS (1) STORED);
INSERT INTO refers SELECT g FROM generate_series(1, 400) g;
--- run
{run};

--- case virtual column in a key: {run} on fields
--- each run
---   ALTER TABLE plain ADD UNIQUE (v)
---   ALTER TABLE next ADD PRIMARY KEY (v)
---   ALTER TABLE plain ADD FOREIGN KEY (v) REFERENCES plain
---   CREATE INDEX ON plain (v)
---   ALTER TABLE plain ALTER v SET STATISTICS 10
---   ALTER TABLE next ADD CONSTRAINT n NOT NULL missing
--- setup
ALTER TABLE plain ADD v int GENERATED ALWAYS AS (id) VIRTUAL;
ALTER TABLE next ADD v int GENERATED ALWAYS AS (id) VIRTUAL;
--- run
{run};

--- case USING the column: {column} {type} {using} on fields
--- each column -> type -> using
---   "small" -> text -> "small"::text
---   small -> text -> plain.small
---   small -> text -> "plain"."small"::text
---   small -> varchar(50) -> public.plain.small::varchar(50)
---   "Mixed" -> text -> "Mixed"::text
---   "Mixed" -> varchar(50) -> ("Mixed")
---   "Mixed" -> varchar(50) -> "Mixed" || ''
---   small -> varchar(50) -> "Mixed"::varchar(50)
--- run
ALTER TABLE plain ALTER {column} TYPE {type} USING {using};
