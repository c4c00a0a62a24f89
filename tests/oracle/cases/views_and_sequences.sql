-- Views, materialized views, sequences.

--- schema gallery
CREATE SEQUENCE counter;
CREATE TABLE picture (id serial PRIMARY KEY, title text);
INSERT INTO picture (title) SELECT 't' || g FROM generate_series(1, 300) g;
CREATE VIEW titles AS SELECT title FROM picture;
CREATE VIEW long_titles AS SELECT title FROM titles WHERE length(title) > 2;
CREATE MATERIALIZED VIEW snapshot AS SELECT id, title FROM picture;
CREATE UNIQUE INDEX snapshot_id ON snapshot (id);
CREATE MATERIALIZED VIEW empty_snapshot AS SELECT id FROM picture WITH NO DATA;
CREATE VIEW of_snapshot AS SELECT title FROM snapshot;
CREATE SCHEMA annex;

--- case view or sequence: {text} on gallery
--- each text
---   ALTER VIEW titles RENAME TO names
---   ALTER VIEW titles RENAME COLUMN title TO name
---   ALTER VIEW titles SET (security_barrier = true)
---   ALTER VIEW titles ALTER COLUMN title SET DEFAULT 'x'
---   ALTER VIEW titles OWNER TO oracle_reader
---   ALTER VIEW long_titles SET SCHEMA annex
---   ALTER VIEW IF EXISTS nowhere RENAME TO x
---   CREATE OR REPLACE VIEW long_titles AS SELECT title FROM titles
---   DROP VIEW long_titles
---   DROP VIEW titles CASCADE
---   REFRESH MATERIALIZED VIEW snapshot
---   REFRESH MATERIALIZED VIEW snapshot WITH NO DATA
---   REFRESH MATERIALIZED VIEW CONCURRENTLY snapshot
---   REFRESH MATERIALIZED VIEW empty_snapshot
---   ALTER MATERIALIZED VIEW snapshot RENAME TO other
---   ALTER MATERIALIZED VIEW snapshot RENAME COLUMN title TO name
---   ALTER MATERIALIZED VIEW snapshot SET (fillfactor = 70)
---   ALTER MATERIALIZED VIEW snapshot SET TABLESPACE oracle_space
---   ALTER MATERIALIZED VIEW snapshot CLUSTER ON snapshot_id
---   ALTER MATERIALIZED VIEW snapshot OWNER TO oracle_reader
---   ALTER MATERIALIZED VIEW snapshot SET SCHEMA annex
---   DROP MATERIALIZED VIEW empty_snapshot
---   DROP MATERIALIZED VIEW snapshot CASCADE
---   DROP MATERIALIZED VIEW snapshot
---   ALTER SEQUENCE counter RESTART
---   ALTER SEQUENCE counter INCREMENT BY 2
---   ALTER SEQUENCE counter AS bigint
---   ALTER SEQUENCE counter OWNED BY picture.id
---   ALTER SEQUENCE picture_id_seq OWNED BY NONE
---   ALTER SEQUENCE counter RENAME TO other
---   ALTER SEQUENCE counter SET SCHEMA annex
---   ALTER SEQUENCE counter OWNER TO oracle_reader
---   ALTER SEQUENCE IF EXISTS nowhere RESTART
---   DROP SEQUENCE counter
---   DROP SEQUENCE IF EXISTS nowhere
---   ALTER TABLE picture SET SCHEMA annex
---   ALTER TABLE picture OWNER TO oracle_reader
---   SELECT nextval('counter')
---   SELECT setval('counter', 100)
---   SELECT currval('counter')
---   SELECT last_value FROM counter
---   SELECT * FROM long_titles
---   SELECT * FROM of_snapshot
---   COMMENT ON VIEW titles IS 'x'
---   COMMENT ON MATERIALIZED VIEW snapshot IS 'x'
---   COMMENT ON SEQUENCE counter IS 'x'
--- run
{text};

--- case view replaced by a query on more tables on gallery
--- setup
CREATE TABLE painter (id int PRIMARY KEY, name text);
INSERT INTO painter SELECT g, 'p' || g FROM generate_series(1, 300) g;
--- run
CREATE OR REPLACE VIEW titles AS SELECT p.title, a.name FROM picture p JOIN painter a USING (id);

--- case refresh of a materialized view that reads a view on gallery
--- setup
CREATE MATERIALIZED VIEW derived AS SELECT title FROM long_titles;
--- run
REFRESH MATERIALIZED VIEW derived;
