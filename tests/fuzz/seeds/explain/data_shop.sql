3CREATE TABLE buyer (id int PRIMARY KEY, name text);
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
CREATE PROCEDURE alter_it() LANGUAGE plpgsql AS 'BEGIN ALTER TABLE loose ADD COLUMN c int; END';
CREATE FUNCTION alter_it() RETURNS void LANGUAGE plpgsql AS 'BEGIN ALTER TABLE loose ADD COLUMN c int; END';
--- run
CALL alter_it();
SELECT alter_it();
UPDATE loose SET b = 'x' WHERE a = 1;
ALTER TABLE loose ADD COLUMN c int;
SAVEPOINT before;
ALTER TABLE loose ADD COLUMN c int;
ROLLBACK TO SAVEPOINT before;
SELECT 1;
COPY purchase FROM stdin;
1000	1	5
1001	2	5
\.
