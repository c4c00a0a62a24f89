0CREATE SEQUENCE counter;
CREATE TABLE picture (id serial PRIMARY KEY, title text);
INSERT INTO picture (title) SELECT 't' || g FROM generate_series(1, 300) g;
CREATE VIEW titles AS SELECT title FROM picture;
CREATE VIEW long_titles AS SELECT title FROM titles WHERE length(title) > 2;
CREATE MATERIALIZED VIEW snapshot AS SELECT id, title FROM picture;
CREATE UNIQUE INDEX snapshot_id ON snapshot (id);
CREATE MATERIALIZED VIEW empty_snapshot AS SELECT id FROM picture WITH NO DATA;
CREATE VIEW of_snapshot AS SELECT title FROM snapshot;
CREATE SCHEMA annex;
CREATE TABLE painter (id int PRIMARY KEY, name text);
INSERT INTO painter SELECT g, 'p' || g FROM generate_series(1, 300) g;
CREATE MATERIALIZED VIEW derived AS SELECT title FROM long_titles;
--- run
CREATE OR REPLACE VIEW titles AS SELECT p.title, a.name FROM picture p JOIN painter a USING (id);
REFRESH MATERIALIZED VIEW derived;
