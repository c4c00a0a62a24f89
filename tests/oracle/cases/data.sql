-- Rows read and written; statements that hide in others.

--- schema shop
CREATE TABLE buyer (id int PRIMARY KEY, name text);
CREATE TABLE purchase (id int PRIMARY KEY, buyer_id int REFERENCES buyer, total int);
CREATE TABLE line (purchase_id int REFERENCES purchase ON DELETE CASCADE, n int);
CREATE TABLE loose (a int, b text);
CREATE TABLE season (k int NOT NULL, v int) PARTITION BY LIST (k);
CREATE TABLE season_1 PARTITION OF season FOR VALUES IN (1);
CREATE TABLE season_2 PARTITION OF season FOR VALUES IN (2);
CREATE VIEW buyers AS SELECT id, name FROM buyer;
INSERT INTO buyer SELECT g, 'b' || g FROM generate_series(1, 300) g;
INSERT INTO purchase SELECT g, g, g FROM generate_series(1, 300) g;
INSERT INTO line SELECT g, g FROM generate_series(1, 300) g;
INSERT INTO loose SELECT g, 'l' || g FROM generate_series(1, 300) g;
INSERT INTO season SELECT 1 + g % 2, g FROM generate_series(1, 600) g;

--- case data: {text} on shop
--- each text
---   SELECT * FROM loose
---   SELECT * FROM buyer WHERE id = 1
---   SELECT * FROM loose WHERE b = 'l1'
---   SELECT count(*) FROM season
---   SELECT * FROM buyers
---   SELECT b.name FROM buyer b JOIN purchase p ON p.buyer_id = b.id
---   SELECT * FROM loose FOR UPDATE
---   SELECT * FROM loose FOR SHARE
---   SELECT * FROM buyer WHERE id = 1 FOR NO KEY UPDATE
---   SELECT 1
---   INSERT INTO loose VALUES (1, 'x')
---   INSERT INTO loose SELECT id, name FROM buyer
---   INSERT INTO purchase VALUES (1000, 1, 5)
---   INSERT INTO buyer VALUES (1, 'x') ON CONFLICT DO NOTHING
---   INSERT INTO buyer VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET name = 'y'
---   INSERT INTO season VALUES (1, 5)
---   INSERT INTO season_1 VALUES (1, 5)
---   INSERT INTO buyers VALUES (1000, 'x')
---   UPDATE loose SET a = 1
---   UPDATE loose SET a = 1 WHERE b = 'l1'
---   UPDATE buyer SET name = 'x' WHERE id = 1
---   UPDATE purchase SET buyer_id = 2 WHERE id = 1
---   UPDATE purchase SET total = 0
---   UPDATE purchase SET total = 0 FROM buyer WHERE buyer.id = purchase.buyer_id
---   UPDATE season SET v = 1
---   UPDATE season SET v = 1 WHERE k = 1
---   UPDATE buyers SET name = 'x' WHERE id = 1
---   DELETE FROM loose
---   DELETE FROM loose WHERE a = 1
---   DELETE FROM line
---   DELETE FROM purchase WHERE id = 1
---   DELETE FROM purchase
---   DELETE FROM season
---   DELETE FROM loose USING buyer WHERE buyer.id = loose.a
---   MERGE INTO loose USING buyer ON buyer.id = loose.a WHEN MATCHED THEN UPDATE SET b = name
---   MERGE INTO loose USING buyer ON buyer.id = loose.a WHEN MATCHED THEN DELETE
---   MERGE INTO loose USING buyer ON false WHEN NOT MATCHED THEN INSERT VALUES (id, name)
---   WITH gone AS (DELETE FROM line RETURNING n) INSERT INTO loose SELECT n, 'x' FROM gone
---   WITH seen AS (SELECT * FROM buyer) SELECT * FROM seen
---   COPY loose FROM stdin
---   COPY loose TO stdout
---   COPY (SELECT * FROM buyer) TO stdout
---   COPY season TO stdout
---   EXPLAIN SELECT * FROM loose
---   EXPLAIN ANALYZE DELETE FROM loose
---   PREPARE p AS SELECT * FROM loose
---   DECLARE c CURSOR FOR SELECT * FROM loose
---   VALUES (1), (2)
---   DO $$ BEGIN UPDATE loose SET a = 2; END $$
---   DO $$ BEGIN EXECUTE 'ALTER TABLE loose ADD COLUMN c int'; END $$
---   DO $$ BEGIN PERFORM 1; END $$
---   DO $$ BEGIN IF EXISTS (SELECT FROM loose) THEN ALTER TABLE loose ADD CHECK (a > 0); END IF; END $$
--- run
{text};

--- case call a procedure that alters a table on shop
--- setup
CREATE PROCEDURE alter_it() LANGUAGE plpgsql AS 'BEGIN ALTER TABLE loose ADD COLUMN c int; END';
--- run
CALL alter_it();

--- case select a function that alters a table on shop
--- setup
CREATE FUNCTION alter_it() RETURNS void LANGUAGE plpgsql AS 'BEGIN ALTER TABLE loose ADD COLUMN c int; END';
--- run
SELECT alter_it();

--- case write, then alter on shop
--- run
UPDATE loose SET b = 'x' WHERE a = 1;
ALTER TABLE loose ADD COLUMN c int;

--- case alter under a savepoint on shop
--- run
SAVEPOINT before;
ALTER TABLE loose ADD COLUMN c int;
ROLLBACK TO SAVEPOINT before;
SELECT 1;

--- case copy rows in on shop
--- run
COPY purchase FROM stdin;
1000	1	5
1001	2	5
\.
