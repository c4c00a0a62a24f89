-- What depends on what: DROP with RESTRICT and CASCADE, and what stands in the way of a change.

--- schema museum
CREATE FUNCTION note_visit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE hall (id int PRIMARY KEY, name varchar(20), floor int);
CREATE TABLE exhibit (id int PRIMARY KEY, hall_id int REFERENCES hall, title varchar(20), note text);
CREATE TABLE visit (id int, day int, guest text) PARTITION BY RANGE (id);
CREATE TABLE visit_1 PARTITION OF visit FOR VALUES FROM (0) TO (400);
CREATE TABLE visit_2 PARTITION OF visit FOR VALUES FROM (400) TO (800);
INSERT INTO hall SELECT g, 'h' || g, g FROM generate_series(1, 300) g;
INSERT INTO exhibit SELECT g, g, 't' || g, 'n' FROM generate_series(1, 300) g;
INSERT INTO visit SELECT g, g, 'x' FROM generate_series(1, 600) g;

--- case attached to more tables: {text} on museum
--- setup
CREATE TRIGGER each_visit AFTER INSERT ON visit FOR EACH ROW EXECUTE FUNCTION note_visit();
CREATE TRIGGER all_visits AFTER INSERT ON visit FOR EACH STATEMENT EXECUTE FUNCTION note_visit();
CREATE TRIGGER on_hall BEFORE UPDATE ON hall FOR EACH ROW EXECUTE FUNCTION note_visit();
CREATE POLICY shown ON exhibit USING (floor(id) > 0);
CREATE INDEX hall_floor ON hall (floor);
CREATE MATERIALIZED VIEW floors AS SELECT floor FROM hall;
CREATE EXTENSION citext;
--- each text
---   CREATE TRIGGER t AFTER INSERT ON visit FOR EACH ROW EXECUTE FUNCTION note_visit()
---   CREATE TRIGGER t AFTER INSERT ON visit FOR EACH STATEMENT EXECUTE FUNCTION note_visit()
---   CREATE CONSTRAINT TRIGGER t AFTER INSERT ON visit FROM hall FOR EACH ROW EXECUTE FUNCTION note_visit()
---   DROP TRIGGER each_visit ON visit
---   DROP TRIGGER all_visits ON visit
---   DROP TRIGGER IF EXISTS nothing ON visit
---   ALTER TRIGGER each_visit ON visit RENAME TO other
---   ALTER TRIGGER all_visits ON visit RENAME TO other
---   ALTER TRIGGER on_hall ON hall DEPENDS ON EXTENSION citext
---   ALTER INDEX hall_floor DEPENDS ON EXTENSION citext
---   ALTER MATERIALIZED VIEW floors DEPENDS ON EXTENSION citext
---   ALTER TABLE visit DISABLE TRIGGER each_visit
---   ALTER TABLE visit DISABLE TRIGGER all_visits
---   ALTER TABLE visit DISABLE TRIGGER ALL
---   ALTER TABLE visit DISABLE TRIGGER USER
---   ALTER TABLE ONLY visit DISABLE TRIGGER each_visit
---   ALTER TABLE visit_1 DISABLE TRIGGER USER
---   CREATE RULE r AS ON INSERT TO hall WHERE NEW.floor > 3 DO ALSO INSERT INTO exhibit (id) SELECT id FROM visit
---   CREATE RULE r AS ON UPDATE TO hall DO ALSO (DELETE FROM exhibit WHERE hall_id = OLD.id; UPDATE visit SET day = 1)
---   CREATE POLICY p ON hall USING (id IN (SELECT hall_id FROM exhibit WHERE exhibit.id = hall.id))
---   ALTER POLICY shown ON exhibit USING (hall_id IN (SELECT id FROM hall))
---   DROP POLICY shown ON exhibit
---   DROP POLICY IF EXISTS nothing ON exhibit
---   DROP RULE IF EXISTS nothing ON exhibit
--- run
{text};

--- schema studio
CREATE TYPE mood AS ENUM ('calm', 'loud');
CREATE DOMAIN rating AS int CHECK (VALUE > 0);
CREATE SEQUENCE numbers;
CREATE SEQUENCE spare_numbers;
CREATE FUNCTION doubled(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE FUNCTION loudness(mood) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION note_take() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION unused() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE song (id int PRIMARY KEY, title varchar(20), length int, kind mood, stars rating, spare varchar(20));
CREATE TABLE take (id serial PRIMARY KEY, song_id int REFERENCES song, number int DEFAULT nextval('numbers'), code varchar(20) UNIQUE,
    length int CHECK (doubled(length) > 0), twice int GENERATED ALWAYS AS (length * 2) STORED, note varchar(20), half int DEFAULT doubled(4));
CREATE TABLE mix (id int GENERATED ALWAYS AS IDENTITY, take_code varchar(20) REFERENCES take (code));
CREATE TABLE part (id int, take_id int) PARTITION BY RANGE (id);
CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (400);
CREATE INDEX take_doubled ON take (doubled(length));
CREATE UNIQUE INDEX song_title ON song (title);
CREATE TABLE cover (song_title varchar(20) REFERENCES song (title));
CREATE VIEW titles AS SELECT id, title FROM song;
CREATE VIEW titles_again AS SELECT t.title FROM titles t JOIN take k ON k.song_id = t.id;
CREATE MATERIALIZED VIEW lengths AS SELECT s.length, k.note AS remark FROM song s, take k WHERE s.id = k.song_id;
CREATE INDEX lengths_length ON lengths (length);
CREATE TRIGGER on_take BEFORE UPDATE OF note ON take FOR EACH ROW WHEN (NEW.number > 0) EXECUTE FUNCTION note_take();
CREATE RULE no_stars AS ON DELETE TO mix WHERE OLD.take_code IS NULL DO INSTEAD UPDATE song SET stars = 1;
CREATE POLICY own_takes ON take USING (song_id IN (SELECT id FROM song WHERE kind = 'calm'));
CREATE SCHEMA attic;
CREATE TABLE attic.box (a int);
CREATE VIEW boxes AS SELECT a FROM attic.box;
INSERT INTO song SELECT g, 't' || g, g, 'calm', 1 FROM generate_series(1, 300) g;
INSERT INTO take (song_id, code, length) SELECT g, 'c' || g, g FROM generate_series(1, 300) g;
INSERT INTO mix (take_code) SELECT 'c' || g FROM generate_series(1, 300) g;
INSERT INTO part SELECT g, g FROM generate_series(1, 300) g;

--- case drop or change what is used: {text} on studio
--- each text
---   DROP TABLE song
---   DROP TABLE song CASCADE
---   DROP TABLE take CASCADE
---   DROP TABLE mix
---   DROP TABLE mix, take
---   DROP TABLE mix, take, song, cover CASCADE
---   DROP TABLE part
---   DROP TABLE part_1
---   DROP TABLE attic.box
---   DROP VIEW titles
---   DROP VIEW titles CASCADE
---   DROP VIEW titles, titles_again
---   DROP MATERIALIZED VIEW lengths
---   DROP SEQUENCE numbers
---   DROP SEQUENCE numbers CASCADE
---   DROP SEQUENCE spare_numbers
---   DROP SEQUENCE take_id_seq
---   DROP SEQUENCE mix_id_seq
---   DROP SEQUENCE mix_id_seq CASCADE
---   DROP TYPE mood
---   DROP TYPE mood CASCADE
---   DROP DOMAIN rating
---   DROP DOMAIN rating CASCADE
---   DROP FUNCTION doubled(int)
---   DROP FUNCTION doubled(int) CASCADE
---   DROP FUNCTION note_take()
---   DROP FUNCTION note_take() CASCADE
---   DROP FUNCTION unused()
---   DROP SCHEMA attic
---   DROP SCHEMA attic CASCADE
---   DROP INDEX song_title
---   DROP INDEX take_pkey
---   DROP INDEX take_doubled
---   DROP INDEX lengths_length
---   ALTER TABLE song DROP COLUMN title
---   ALTER TABLE song DROP COLUMN title CASCADE
---   ALTER TABLE song DROP COLUMN length
---   ALTER TABLE song DROP COLUMN length CASCADE
---   ALTER TABLE song DROP COLUMN kind
---   ALTER TABLE song DROP COLUMN kind CASCADE
---   ALTER TABLE song DROP COLUMN stars CASCADE
---   ALTER TABLE song DROP COLUMN spare
---   ALTER TABLE take DROP COLUMN note
---   ALTER TABLE take DROP COLUMN note CASCADE
---   ALTER TABLE take DROP COLUMN length
---   ALTER TABLE take DROP COLUMN twice
---   ALTER TABLE take DROP COLUMN number
---   ALTER TABLE take DROP COLUMN half
---   ALTER TABLE take DROP COLUMN twice, DROP COLUMN length
---   ALTER TABLE take DROP CONSTRAINT take_code_key
---   ALTER TABLE take DROP CONSTRAINT take_code_key CASCADE
---   ALTER TABLE song DROP CONSTRAINT song_pkey
---   ALTER TABLE song ALTER title TYPE varchar(30)
---   ALTER TABLE song ALTER spare TYPE varchar(30)
---   ALTER TABLE song ALTER stars TYPE int
---   ALTER TABLE take ALTER note TYPE varchar(30)
---   ALTER TABLE take ALTER number TYPE int
---   ALTER TABLE take ALTER length TYPE bigint
---   ALTER TABLE mix ALTER take_code TYPE varchar(30)
---   ALTER TABLE part ALTER take_id TYPE int
---   CREATE OR REPLACE VIEW titles AS SELECT id FROM song
---   CREATE OR REPLACE VIEW titles AS SELECT id, length FROM song
---   CREATE OR REPLACE VIEW titles AS SELECT id, spare AS title FROM song
---   CREATE OR REPLACE VIEW titles AS SELECT id, length AS title FROM song
---   CREATE OR REPLACE VIEW titles AS SELECT id, title, length FROM song
---   CREATE OR REPLACE VIEW titles (id, title) AS SELECT id, title FROM song
---   TRUNCATE song
---   TRUNCATE song, take, mix, cover
---   TRUNCATE mix
--- run
{text};

--- case what a publication filters by: {text} on studio
--- setup
CREATE PUBLICATION filtered FOR TABLE mix (id, take_code), song (id, title) WHERE (length > 3);
ALTER TABLE mix REPLICA IDENTITY FULL;
--- each text
---   ALTER TABLE song ALTER length TYPE bigint
---   ALTER TABLE song DROP COLUMN length
---   ALTER TABLE mix DROP COLUMN take_code
---   ALTER TABLE mix ALTER take_code TYPE varchar(40)
---   DROP TABLE mix
---   DROP PUBLICATION filtered
--- run
{text};

--- case a parsed body: {text} on studio
--- setup
CREATE FUNCTION longest() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT max(half) FROM take; END;
CREATE FUNCTION spares() RETURNS text LANGUAGE sql RETURN (SELECT max(spare) FROM song);
--- each text
---   ALTER TABLE take DROP COLUMN half
---   ALTER TABLE take DROP COLUMN half CASCADE
---   ALTER TABLE song ALTER spare TYPE varchar(30)
---   DROP TABLE take
--- run
{text};

--- case an extension: {text} on studio
--- setup
CREATE EXTENSION citext;
CREATE EXTENSION pg_trgm;
CREATE TABLE person (id int, name citext, nick text);
CREATE INDEX person_nick ON person USING gin (nick gin_trgm_ops);
INSERT INTO person SELECT g, 'n' || g, 'm' || g FROM generate_series(1, 300) g;
--- each text
---   DROP EXTENSION citext
---   DROP EXTENSION citext CASCADE
---   DROP EXTENSION pg_trgm
---   DROP EXTENSION pg_trgm CASCADE
--- run
{text};
