-- What a version does not have, what is there already or is not there, and transactions.

--- schema vineyard
CREATE TABLE vine (id int PRIMARY KEY, row_no int, sort text, weight numeric);
CREATE TABLE cask (id int PRIMARY KEY, vine_id int);
CREATE TABLE harvest (day int NOT NULL, kilos int) PARTITION BY RANGE (day);
CREATE TABLE harvest_a PARTITION OF harvest FOR VALUES FROM (0) TO (400);
CREATE INDEX vine_row ON vine (row_no);
CREATE VIEW sorts AS SELECT sort FROM vine;
CREATE SEQUENCE batch;
INSERT INTO vine SELECT g, g, 's' || g, g FROM generate_series(1, 300) g;
INSERT INTO cask SELECT g, g FROM generate_series(1, 300) g;
INSERT INTO harvest SELECT g, g FROM generate_series(1, 399) g;

--- case version: {text} on vineyard
--- each text
---   CREATE TABLE x (a int UNIQUE NULLS DISTINCT)
---   CREATE UNIQUE INDEX ON vine (row_no) NULLS NOT DISTINCT
---   ALTER TABLE cask ADD FOREIGN KEY (vine_id) REFERENCES vine ON DELETE SET NULL (vine_id)
---   ALTER TABLE vine ADD COLUMN x text STORAGE plain
---   ALTER TABLE vine ALTER sort SET STORAGE DEFAULT
---   ALTER TABLE vine ALTER sort SET STATISTICS DEFAULT
---   ALTER TABLE vine ADD COLUMN x int GENERATED ALWAYS AS (row_no) VIRTUAL
---   ALTER TABLE vine ADD COLUMN x int GENERATED ALWAYS AS (row_no)
---   ALTER TABLE vine ADD CHECK (row_no > 0) ENFORCED
---   ALTER TABLE vine ADD CHECK (row_no > 0) NOT ENFORCED
---   ALTER TABLE vine ADD CONSTRAINT there NOT NULL row_no NOT VALID
---   CREATE TABLE x (a int, NOT NULL a)
---   CREATE TABLE x (a int CONSTRAINT there NOT NULL)
---   INSERT INTO vine VALUES (1000) RETURNING old.id, new.id
---   INSERT INTO vine AS new VALUES (1000) RETURNING new.id
---   CREATE PUBLICATION x FOR TABLE vine WHERE (id > 0)
---   CREATE PUBLICATION x FOR TABLE vine (id)
---   CREATE PUBLICATION x FOR TABLES IN SCHEMA public
---   ALTER VIEW sorts SET (security_invoker = true)
---   SELECT JSON_OBJECT('a' : 1)
---   SELECT json_object('{a,1}')
---   SELECT 1 WHERE '1' IS JSON
---   SELECT * FROM JSON_TABLE(jsonb '{}', '$' COLUMNS (a int))
---   SELECT * FROM (SELECT 1)
---   ALTER TABLE vine ALTER row_no SET DEFAULT 0x1F
---   ALTER TABLE vine ALTER row_no SET DEFAULT 1_000
---   CREATE UNLOGGED SEQUENCE x
---   CREATE TABLE x (a int) PARTITION BY RANGE (a) USING heap
---   CREATE TABLE x (a int, EXCLUDE USING btree (a WITH =)) PARTITION BY RANGE (a)
---   GRANT MAINTAIN ON vine TO public
---   CREATE STATISTICS ON id, row_no FROM vine
---   ANALYZE (BUFFER_USAGE_LIMIT '1MB') vine
---   EXPLAIN (GENERIC_PLAN) SELECT 1
---   COPY vine FROM '/dev/null' (HEADER)
---   COPY vine FROM '/dev/null' (DEFAULT 'x')
---   COPY vine FROM '/dev/null' (ON_ERROR ignore)
---   SELECT SYSTEM_USER
---   ALTER TABLE vine ADD COLUMN x numeric(3, -2)
---   ALTER TABLE vine SET (vacuum_max_eager_freeze_failure_rate = 0.1)
---   ALTER TABLE vine ADD COLUMN x uuid DEFAULT uuidv7()
---   SELECT random(1, 2)
---   SELECT any_value(1)
---   SELECT regexp_count('a', 'b')
--- run
{text};

--- case version outside: {text} on vineyard
--- each text
---   VACUUM ONLY harvest
---   VACUUM (PROCESS_MAIN) vine
--- run outside
{text};
