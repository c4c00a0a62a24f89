-- Code: DO blocks, functions and procedures, and what calls them.

--- schema kitchen
CREATE TABLE pot (id int PRIMARY KEY, litres int, lid text);
CREATE TABLE pan (id int PRIMARY KEY, pot_id int REFERENCES pot, note text);
CREATE TABLE log (at timestamptz DEFAULT now(), what text);
INSERT INTO pot SELECT g, g, 'l' || g FROM generate_series(1, 2000) g;
INSERT INTO pan SELECT g, g, 'n' || g FROM generate_series(1, 2000) g;
INSERT INTO log SELECT now(), 'w' || g FROM generate_series(1, 2000) g;
CREATE VIEW pots AS SELECT * FROM pot;
CREATE FUNCTION widen() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE pan ALTER COLUMN note TYPE varchar(90); END $$;
CREATE FUNCTION widen_deep() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM widen(); END $$;
CREATE FUNCTION again(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF n > 0 THEN RETURN again(n - 1); END IF; DELETE FROM log; RETURN 0; END $$;
CREATE FUNCTION count_pots() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM pot';
CREATE FUNCTION empty_log() RETURNS void LANGUAGE sql AS 'DELETE FROM log; UPDATE pan SET note = NULL';
CREATE FUNCTION atomic_count() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM pan; END;
CREATE FUNCTION atomic_return() RETURNS bigint LANGUAGE sql RETURN (SELECT count(*) FROM pan);
CREATE PROCEDURE tidy() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM log WHERE what IS NULL; ALTER TABLE pan ADD COLUMN extra int; END $$;
CREATE PROCEDURE tidy_sql() LANGUAGE sql AS 'UPDATE log SET what = NULL; SELECT count(*) FROM pot';
CREATE PROCEDURE in_steps() LANGUAGE plpgsql AS $$ BEGIN UPDATE pot SET litres = 0; COMMIT; ALTER TABLE pan ADD COLUMN extra int; END $$;
CREATE FUNCTION in_steps_f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN UPDATE pot SET litres = 0; COMMIT; END $$;
CREATE FUNCTION note_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log (what) VALUES (TG_OP); RETURN NEW; END $$;

--- case code: {code} on kitchen
--- each code
---   DO $$ BEGIN ALTER TABLE pot ADD COLUMN c int; END $$
---   DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'nosuch') THEN CREATE INDEX ON pan (note); END IF; END $$
---   DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'pan_pot_id_fkey') THEN ALTER TABLE pan DROP CONSTRAINT pan_pot_id_fkey; END IF; END $$
---   DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN CREATE TYPE mood AS ENUM ('a'); END IF; END $$
---   DO $$ BEGIN IF to_regclass('pot') IS NULL THEN CREATE TABLE pot (id int); ELSE ALTER TABLE pot ADD COLUMN z int; END IF; END $$
---   DO $$ BEGIN CREATE TABLE pot (id int); EXCEPTION WHEN duplicate_table THEN NULL; END $$
---   DO $$ DECLARE r pot%ROWTYPE; BEGIN SELECT * INTO r FROM pot WHERE id = 1; END $$
---   DO $$ DECLARE x pot.lid%TYPE; BEGIN x := 'a'; END $$
---   DO $$ DECLARE i int; BEGIN FOR i IN 1..3 LOOP EXECUTE 'CREATE TABLE part_' || i || ' (a int)'; END LOOP; END $$
---   DO $$ BEGIN EXECUTE format('ALTER TABLE %I.%I ADD COLUMN %I int', 'public', 'pot', 'c'); END $$
---   DO $$ BEGIN EXECUTE format('ALTER TABLE pot ADD COLUMN c text DEFAULT %L', 'x'); END $$
---   DO $$ BEGIN EXECUTE format('ALTER TABLE %1$I ADD COLUMN c int; CREATE INDEX ON %1$I (c)', 'pan'); END $$
---   DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS ''x''', current_database()); END $$
---   DO $$ BEGIN EXECUTE 'CREATE INDEX ' || quote_ident('i') || ' ON pot (lid)'; END $$
---   DO $$ BEGIN EXECUTE $q$ALTER TABLE pot ADD COLUMN c int$q$; END $$
---   DO $$ DECLARE c CURSOR FOR SELECT * FROM pot; r record; BEGIN OPEN c; FETCH c INTO r; CLOSE c; END $$
---   DO $$ DECLARE c refcursor; r record; BEGIN OPEN c FOR SELECT * FROM pan; FETCH c INTO r; CLOSE c; END $$
---   DO $$ BEGIN PERFORM widen(); END $$
---   DO $$ BEGIN BEGIN LOCK TABLE pot IN SHARE MODE; EXCEPTION WHEN others THEN RAISE; END; END $$
---   DO $$ BEGIN <<outer>> FOR i IN 1..2 LOOP CONTINUE outer WHEN i = 1; TRUNCATE log; END LOOP; END $$
---   DO $$ BEGIN DO 'BEGIN ALTER TABLE pot ADD COLUMN c int; END'; END $$
---   DO $$ BEGIN DO $in$ BEGIN ALTER TABLE pot ADD COLUMN c int; END $in$; END $$
---   DO LANGUAGE plpgsql 'BEGIN EXECUTE ''ALTER TABLE pot ADD COLUMN c int''; END'
---   DO $$ BEGIN EXECUTE 'VACUUM pot'; END $$
---   DO $$ BEGIN CREATE INDEX CONCURRENTLY ON pot (lid); END $$
---   DO $$ BEGIN UPDATE pot SET litres = 1; COMMIT; UPDATE pan SET note = NULL; END $$
---   DO $$ DECLARE n int; BEGIN GET DIAGNOSTICS n = ROW_COUNT; UPDATE pot SET litres = n WHERE id = n; END $$
---   DO $$ BEGIN WHILE EXISTS (SELECT FROM log) LOOP DELETE FROM log; END LOOP; END $$
---   SELECT widen()
---   SELECT widen_deep()
---   SELECT again(2)
---   SELECT empty_log()
---   EXPLAIN SELECT widen()
---   EXPLAIN ANALYZE SELECT widen()
---   CREATE FUNCTION f1() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM pot'
---   CREATE FUNCTION f1() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM pots'
---   CREATE FUNCTION f1() RETURNS void LANGUAGE sql AS 'UPDATE pot SET lid = (SELECT note FROM pan LIMIT 1)'
---   CREATE FUNCTION f1() RETURNS void LANGUAGE sql AS 'INSERT INTO log (what) SELECT lid FROM pot; DELETE FROM pan'
---   CREATE FUNCTION f1() RETURNS void LANGUAGE sql AS 'ALTER TABLE pot ADD COLUMN c int'
---   CREATE FUNCTION f1() RETURNS void LANGUAGE sql AS 'TRUNCATE log; SELECT lid FROM pot FOR UPDATE'
---   CREATE FUNCTION f1() RETURNS pot LANGUAGE sql AS 'SELECT * FROM pot LIMIT 1'
---   CREATE FUNCTION f1() RETURNS SETOF pan LANGUAGE plpgsql AS 'BEGIN RETURN QUERY SELECT * FROM pan; END'
---   CREATE FUNCTION f1(p pot.lid%TYPE) RETURNS int LANGUAGE sql AS 'SELECT 1'
---   CREATE FUNCTION f1() RETURNS bigint LANGUAGE sql AS 'SELECT count_pots()'
---   CREATE FUNCTION f1() RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT count(*) FROM pot); END'
---   CREATE FUNCTION f1() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM pot; SELECT count(*) FROM pan; END
---   CREATE FUNCTION f1() RETURNS bigint LANGUAGE sql RETURN (SELECT count(*) FROM pots)
---   CREATE PROCEDURE p1() LANGUAGE sql AS 'DELETE FROM log'
---   CREATE PROCEDURE p1() LANGUAGE plpgsql AS 'BEGIN DELETE FROM log; COMMIT; END'
---   CREATE OR REPLACE FUNCTION count_pots() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM pan'
---   SET LOCAL check_function_bodies = off; CREATE FUNCTION f1() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM pot'
---   CREATE FUNCTION f1() RETURNS void LANGUAGE plpgsql AS 'BEGIN ALTER TABLE pan ADD COLUMN c int; END'; SELECT f1()
---   DROP FUNCTION count_pots()
--- run
{code};

--- case code outside: {statement} on kitchen
--- each statement
---   CALL tidy()
--- run outside
{statement};

--- case trigger: {statement} on kitchen
--- each statement
---   INSERT INTO pot VALUES (3000)
---   UPDATE pot SET lid = 'x' WHERE id = 3
---   UPDATE pot SET litres = 3 WHERE id = 3
---   DO $$ BEGIN INSERT INTO pot VALUES (3000); END $$
--- setup
CREATE TRIGGER noted AFTER INSERT OR UPDATE OF litres ON pot FOR EACH ROW EXECUTE FUNCTION note_it();
--- run
{statement};
