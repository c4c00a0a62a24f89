-- Expressions, keys, types and bounds that a server refuses, and their like that it takes.

--- schema bakery
CREATE TYPE flour AS ENUM ('rye', 'wheat');
CREATE FUNCTION knead(i int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN i; END';
CREATE TABLE loaf (id int PRIMARY KEY, weight int, sort text, baked timestamptz, day timestamp, kind flour, notes json, place point, sold boolean);
CREATE TABLE order_line (id int PRIMARY KEY, loaf_id int, price numeric, twice int GENERATED ALWAYS AS (loaf_id * 2) STORED, CONSTRAINT price_ok CHECK (price >= 0));
CREATE TABLE oven (id int, heat int) PARTITION BY RANGE (id);
CREATE TABLE oven_low PARTITION OF oven FOR VALUES FROM (0) TO (500);
CREATE INDEX loaf_weight ON loaf (weight) WHERE weight > 0;
INSERT INTO loaf SELECT g, g, 'rye', now(), now(), 'rye', '{}', point(1, 1), true FROM generate_series(1, 300) g;
INSERT INTO order_line (id, loaf_id, price) SELECT g, g, g FROM generate_series(1, 300) g;
INSERT INTO oven SELECT g, g FROM generate_series(1, 300) g;

--- case refused expression: {text} on bakery
--- each text
---   ALTER TABLE loaf ADD CHECK (crust > 1)
---   ALTER TABLE loaf ADD CHECK (weight > (SELECT 1))
---   ALTER TABLE loaf ADD CHECK (sum(weight) > 1)
---   ALTER TABLE loaf ADD CHECK (weight)
---   ALTER TABLE loaf ADD CHECK (sold)
---   ALTER TABLE loaf ADD CHECK (ctid IS NOT NULL)
---   ALTER TABLE loaf ADD CHECK (crust > 1), ADD COLUMN crust int DEFAULT 5
---   ALTER TABLE loaf ADD UNIQUE (notes)
---   ALTER TABLE loaf ADD UNIQUE (place)
---   ALTER TABLE loaf ADD UNIQUE (id, id)
---   ALTER TABLE loaf ADD COLUMN crust dough
---   ALTER TABLE loaf ADD COLUMN crust record
---   ALTER TABLE loaf ADD COLUMN crust int DEFAULT max(1)
---   ALTER TABLE loaf ADD COLUMN crust int DEFAULT 1 DEFAULT 2
---   ALTER TABLE loaf ADD COLUMN crust int CHECK (crust > 0) DEFERRABLE
---   ALTER TABLE loaf ADD COLUMN crust date GENERATED ALWAYS AS (baked::date) STORED
---   ALTER TABLE loaf ADD COLUMN crust date GENERATED ALWAYS AS (day::date) STORED
---   ALTER TABLE loaf ADD COLUMN crust tsvector GENERATED ALWAYS AS (to_tsvector('english', sort)) STORED
---   ALTER TABLE loaf ALTER weight TYPE serial
---   ALTER TABLE loaf ALTER weight TYPE text
---   ALTER TABLE loaf ALTER weight TYPE bigint
---   ALTER TABLE loaf ALTER weight TYPE bigint, ALTER weight TYPE numeric
---   ALTER TABLE loaf ALTER ctid SET NOT NULL
---   ALTER TABLE loaf DROP COLUMN ctid
---   ALTER TABLE order_line ALTER price TYPE text
---   ALTER TABLE order_line ALTER price TYPE bigint
---   CREATE INDEX ON loaf (notes)
---   CREATE INDEX ON loaf USING gin (weight)
---   CREATE INDEX ON loaf USING gist (place)
---   CREATE INDEX ON loaf (weight text_ops)
---   CREATE INDEX ON loaf ((baked::date))
---   CREATE INDEX ON loaf ((kind::text))
---   CREATE INDEX ON loaf (date_trunc('day', day))
---   CREATE INDEX ON loaf (knead(weight))
---   CREATE INDEX ON loaf (weight) WHERE baked > CURRENT_DATE
---   CREATE TABLE bun (a int, PRIMARY KEY (b))
---   CREATE TABLE bun (a json) PARTITION BY HASH (a)
---   CREATE TABLE bun (a int PRIMARY KEY, b int PRIMARY KEY)
---   CREATE TABLE bun PARTITION OF oven FOR VALUES FROM (400) TO (600)
---   CREATE TABLE bun PARTITION OF oven FOR VALUES FROM (500) TO (600)
---   CREATE DOMAIN crumbs AS int CHECK (VALUE > (SELECT 1))
---   CREATE SCHEMA pg_bakery
---   SELECT count(*) FROM loaf FOR UPDATE
---   SELECT DISTINCT sort FROM loaf FOR UPDATE
--- run
{text};
