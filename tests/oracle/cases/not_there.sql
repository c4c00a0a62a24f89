-- Objects that are not there, are there already, or are of another kind; and what goes with servers, wrappers and collations.

--- schema library
CREATE SCHEMA shelf;
CREATE TYPE mood AS ENUM ('calm');
CREATE TYPE pair AS (x int, y int);
CREATE COLLATION plain (provider = libc, locale = 'C');
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER far FOREIGN DATA WRAPPER nothing;
CREATE SERVER empty FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE far_book (id int) SERVER far;
CREATE TABLE book (id serial PRIMARY KEY, title text COLLATE plain, pages int);
CREATE TABLE page (id int, body text);
CREATE TABLE pair_like (x int, y int);
CREATE TABLE pair_unlike (x int, y text);
CREATE TABLE pair_more (x int, y int, z int);
CREATE TABLE span (id int, CONSTRAINT spans EXCLUDE (id WITH =));
CREATE INDEX page_body ON page (body COLLATE plain);
CREATE MATERIALIZED VIEW titles AS SELECT id, title FROM book;
CREATE PUBLICATION news FOR TABLE book;
CREATE STATISTICS book_numbers ON id, pages FROM book;
INSERT INTO book (title, pages) SELECT 't' || g, g FROM generate_series(1, 300) g;
INSERT INTO page SELECT g, 'b' FROM generate_series(1, 300) g;

--- case not there: {text} on library
--- each text
---   CREATE TABLE nothing_here.a (id int)
---   CREATE VIEW nothing_here.a AS SELECT 1
---   CREATE TABLE shelf.a (id int)
---   CREATE SCHEMA attic; CREATE TABLE attic.a (id int)
---   CREATE SCHEMA shelf
---   CREATE SCHEMA IF NOT EXISTS shelf
---   DROP SCHEMA nothing_here
---   DROP SCHEMA IF EXISTS nothing_here
---   DROP SCHEMA shelf; DROP SCHEMA IF EXISTS shelf
---   ALTER SCHEMA shelf RENAME TO attic; CREATE TABLE attic.a (id int)
---   ALTER SCHEMA nothing_here RENAME TO attic
---   CREATE TYPE shelf.tone AS ENUM ('low'); ALTER SCHEMA shelf RENAME TO attic; DROP TYPE attic.tone
---   ALTER TABLE book SET SCHEMA nothing_here
---   ALTER SEQUENCE book_id_seq SET SCHEMA shelf
---   DROP EXTENSION nothing_here
---   CREATE EXTENSION citext; CREATE EXTENSION citext
---   CREATE EXTENSION citext; CREATE EXTENSION IF NOT EXISTS citext
---   CREATE EXTENSION citext; DROP EXTENSION citext; CREATE EXTENSION citext
---   DROP PUBLICATION nothing_here
---   DROP PUBLICATION IF EXISTS nothing_here
---   ALTER PUBLICATION nothing_here ADD TABLE book
---   DROP PUBLICATION news
---   DROP STATISTICS nothing_here
---   DROP STATISTICS book_numbers
---   DROP TYPE nothing_here
---   DROP TYPE IF EXISTS nothing_here
---   DROP TYPE book
---   DROP TYPE mood
---   DROP DOMAIN nothing_here
---   ALTER TYPE nothing_here ADD VALUE 'x'
---   ALTER TYPE nothing_here RENAME VALUE 'x' TO 'y'
---   ALTER TYPE nothing_here RENAME TO x
---   ALTER DOMAIN nothing_here SET NOT NULL
---   CREATE SERVER more FOREIGN DATA WRAPPER nothing_here
---   CREATE FOREIGN TABLE a (id int) SERVER nothing_here
---   IMPORT FOREIGN SCHEMA a FROM SERVER nothing_here INTO public
---   DROP SERVER nothing_here
---   DROP SERVER IF EXISTS nothing_here
---   DROP SERVER far
---   DROP SERVER empty
---   DROP SERVER far CASCADE
---   DROP FOREIGN DATA WRAPPER nothing_here
---   DROP FOREIGN DATA WRAPPER nothing
---   DROP FOREIGN DATA WRAPPER nothing CASCADE
---   DROP COLLATION plain
---   DROP COLLATION plain CASCADE
---   ALTER TABLE pair_like OF pair
---   ALTER TABLE pair_unlike OF pair
---   ALTER TABLE pair_more OF pair
---   ALTER TABLE page OF pair
---   ALTER SEQUENCE book_id_seq OWNER TO pg_monitor
---   SELECT nothing_here FROM book
---   SELECT book FROM book
---   SELECT b FROM book b
---   SELECT k FROM book, generate_series(1, 2) k
---   SELECT pages AS more FROM book ORDER BY more
---   DELETE FROM book WHERE nothing_here = 1
---   CREATE VIEW a AS SELECT nothing_here FROM book
---   SELECT id FROM titles FOR UPDATE
---   SELECT nextval('nothing_here')
---   SELECT nextval('book')
---   SELECT pg_relation_size('book')
---   SELECT pg_size_pretty(pg_total_relation_size('book'::regclass))
---   SELECT pg_indexes_size('book')
---   SELECT pg_table_size('nothing_here')
--- run
{text};

--- case not there, alone: {text} on library
--- each text
---   REINDEX SCHEMA nothing_here
---   REINDEX SYSTEM CONCURRENTLY
---   REINDEX INDEX CONCURRENTLY spans
---   VACUUM (ONLY_DATABASE_STATS)
--- run outside
{text};

--- case in the way: {text} on library
--- setup
CREATE FUNCTION first_of(book) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE holder (one page);
CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE SEQUENCE numbers;
CREATE VIEW last_number AS SELECT last_value FROM numbers;
CREATE TYPE tone AS ENUM ('low');
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER a BEFORE UPDATE ON book FOR EACH ROW EXECUTE FUNCTION note();
CREATE TRIGGER b BEFORE UPDATE ON book FOR EACH ROW EXECUTE FUNCTION note();
CREATE TABLE late (id int NOT NULL CONSTRAINT late_ids UNIQUE DEFERRABLE);
CREATE TABLE parts (id int) PARTITION BY RANGE (id);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (400);
CREATE INDEX parts_id ON ONLY parts (id);
CREATE TABLE old (id int PRIMARY KEY, note text);
CREATE TABLE old_1 () INHERITS (old);
INSERT INTO holder VALUES (NULL);
INSERT INTO parts SELECT g FROM generate_series(1, 300) g;
INSERT INTO old SELECT g, 'n' FROM generate_series(1, 300) g;
INSERT INTO old_1 SELECT g, 'n' FROM generate_series(1, 300) g;
--- each text
---   DROP TABLE book CASCADE
---   DROP TABLE page
---   DROP TABLE page CASCADE
---   DROP MATERIALIZED VIEW titles; DROP TABLE book
---   DROP SEQUENCE numbers
---   DROP SEQUENCE numbers CASCADE
---   DROP FUNCTION twice(text)
---   DROP FUNCTION IF EXISTS twice(text); DROP FUNCTION twice(int)
---   CREATE FUNCTION twice(text) RETURNS int LANGUAGE sql AS 'SELECT 2'; DROP FUNCTION twice
---   CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT 3'
---   CREATE FUNCTION lost() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM nothing_here'
---   SET LOCAL check_function_bodies = off; CREATE FUNCTION lost() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM nothing_here'
---   ALTER FUNCTION nothing_here() RENAME TO other
---   ALTER TYPE tone RENAME TO mood
---   ALTER TYPE tone RENAME TO book
---   ALTER TYPE tone RENAME TO other
---   ALTER TYPE book RENAME TO other
---   ALTER TRIGGER a ON book RENAME TO b
---   ALTER TRIGGER a ON book RENAME TO c
---   ALTER TABLE book RENAME CONSTRAINT book_pkey TO page
---   ALTER TABLE late REPLICA IDENTITY USING INDEX late_ids
---   INSERT INTO late VALUES (1) ON CONFLICT (id) DO NOTHING
---   DROP INDEX parts_id
---   ALTER TABLE old DROP CONSTRAINT old_pkey
---   ALTER VIEW book RENAME TO other
---   ALTER VIEW titles RENAME TO other
---   ALTER MATERIALIZED VIEW last_number RENAME TO other
---   ALTER SEQUENCE book OWNER TO pg_monitor
---   ALTER FOREIGN TABLE page ADD COLUMN more int
---   ALTER INDEX page_body RENAME TO other
---   ALTER INDEX book RENAME TO other
---   ALTER INDEX book SET (fillfactor = 70)
---   ALTER TABLE last_number RENAME TO other
---   ALTER TABLE numbers RENAME TO other
---   ALTER TABLE titles RENAME TO other
---   SELECT book.nothing_here FROM book
---   SELECT b.nothing_here FROM book b
--- run
{text};
