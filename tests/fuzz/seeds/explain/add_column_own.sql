1CREATE TABLE keyless (a int);
INSERT INTO keyless SELECT g FROM generate_series(1, 300) g;
CREATE TYPE spot AS (x int);
CREATE TABLE atlas OF spot;
INSERT INTO atlas SELECT g FROM generate_series(1, 300) g;
--- run
ALTER TABLE keyless ADD COLUMN id serial PRIMARY KEY;
ALTER TYPE spot ADD ATTRIBUTE y int CASCADE;
