-- Enums, domains, composite types, functions, schemas: whose tables feel it.

--- schema kinds
CREATE SCHEMA annex;
CREATE TYPE colour AS ENUM ('red', 'green');
CREATE TYPE pair AS (a int, b int);
CREATE DOMAIN price AS int;
CREATE DOMAIN checked AS int CONSTRAINT above CHECK (VALUE > 0);
CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE TABLE good (id int PRIMARY KEY, cost price, sold checked, look colour, p pair);
CREATE TABLE other_good (cost price);
CREATE TABLE untouched (id int);
CREATE TABLE annex.shed (id int, look colour);
INSERT INTO good SELECT g, g, g, 'red', ROW(g, g)::pair FROM generate_series(1, 300) g;
INSERT INTO other_good SELECT g FROM generate_series(1, 300) g;
INSERT INTO untouched SELECT g FROM generate_series(1, 300) g;
INSERT INTO annex.shed SELECT g, 'red' FROM generate_series(1, 300) g;

--- case type or schema: {text} on kinds
--- each text
---   ALTER DOMAIN price ADD CHECK (VALUE >= 0)
---   ALTER DOMAIN price ADD CONSTRAINT c CHECK (VALUE >= 0) NOT VALID
---   ALTER DOMAIN price SET NOT NULL
---   ALTER DOMAIN price DROP NOT NULL
---   ALTER DOMAIN price SET DEFAULT 5
---   ALTER DOMAIN checked DROP CONSTRAINT above
---   ALTER DOMAIN checked DROP CONSTRAINT IF EXISTS nothing
---   ALTER DOMAIN checked RENAME CONSTRAINT above TO over
---   ALTER DOMAIN price RENAME TO cost
---   ALTER DOMAIN price OWNER TO oracle_reader
---   ALTER DOMAIN price SET SCHEMA annex
---   ALTER TYPE colour ADD VALUE 'blue'
---   ALTER TYPE colour ADD VALUE IF NOT EXISTS 'red'
---   ALTER TYPE colour RENAME VALUE 'red' TO 'crimson'
---   ALTER TYPE colour RENAME TO hue
---   ALTER TYPE pair ADD ATTRIBUTE c int
---   CREATE TYPE shade AS ENUM ('dark', 'light')
---   CREATE DOMAIN code AS text CHECK (VALUE <> '')
---   CREATE TYPE triple AS (a int, b int, c int)
---   DROP TYPE colour CASCADE
---   DROP TYPE colour
---   DROP DOMAIN price CASCADE
---   DROP TYPE IF EXISTS nothing
---   CREATE SCHEMA fresh
---   ALTER SCHEMA annex RENAME TO shed
---   DROP SCHEMA annex CASCADE
---   DROP SCHEMA annex
---   CREATE FUNCTION thrice(int) RETURNS int LANGUAGE sql AS 'SELECT $1 * 3'
---   CREATE OR REPLACE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT $1 + $1'
---   DROP FUNCTION twice(int)
---   ALTER FUNCTION twice(int) VOLATILE
---   CREATE PROCEDURE nothing_much() LANGUAGE sql AS 'SELECT 1'
---   CREATE EXTENSION IF NOT EXISTS plpgsql
--- run
{text};

--- case validate a constraint of a domain on kinds
--- setup
ALTER DOMAIN price ADD CONSTRAINT later CHECK (VALUE >= 0) NOT VALID;
--- run
ALTER DOMAIN price VALIDATE CONSTRAINT later;

--- case domain constraint with a materialized view of it on kinds
--- setup
CREATE MATERIALIZED VIEW costs AS SELECT cost FROM good;
--- run
ALTER DOMAIN price ADD CHECK (VALUE >= 0);

--- case domain constraint on a partitioned table on kinds
--- setup
CREATE TABLE sale (k int, cost price) PARTITION BY LIST (k);
CREATE TABLE sale_1 PARTITION OF sale FOR VALUES IN (1);
INSERT INTO sale SELECT 1, g FROM generate_series(1, 300) g;
--- run
ALTER DOMAIN price ADD CHECK (VALUE >= 0);

--- case use an enum value in the transaction that added it on kinds
--- run
ALTER TYPE colour ADD VALUE 'blue';
UPDATE good SET look = 'blue' WHERE id = 1;

--- case add an enum value outside on kinds
--- run outside
ALTER TYPE colour ADD VALUE 'blue';
