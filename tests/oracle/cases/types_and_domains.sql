-- Types in ALTER COLUMN TYPE that look the same and are not: domains, arrays, fields of intervals, composite types.

--- schema parcels_of_types
CREATE TYPE size AS ENUM ('small', 'large');
CREATE TYPE spot AS (street text, number int);
CREATE TYPE edge AS (a int, b int);
CREATE DOMAIN tag AS varchar(12);
CREATE DOMAIN long_tag AS varchar(24);
CREATE DOMAIN plain_tag AS varchar;
CREATE DOMAIN known_size AS size;
CREATE DOMAIN numbers AS int[];
CREATE DOMAIN span AS int4range;
CREATE DOMAIN place AS spot;

--- case type of an indexed column, from {from} to {to} on parcels_of_types
--- each from -> to
---   tag -> varchar(12)
---   tag -> varchar(24)
---   tag -> varchar
---   tag -> text
---   tag -> long_tag
---   tag -> plain_tag
---   varchar(12) -> tag
---   varchar(12) -> long_tag
---   varchar(24) -> tag
---   plain_tag -> tag
---   size -> known_size
---   known_size -> size
---   size -> text
---   int[] -> numbers
---   numbers -> int[]
---   numbers -> bigint[]
---   int4range -> span
---   span -> int4range
---   spot -> place
---   place -> spot
---   spot -> text
---   spot -> edge
---   spot -> int
---   text -> spot
---   varchar(9)[] -> varchar[]
---   varchar(9)[] -> varchar(19)[]
---   varchar(9)[] -> varchar(9)[]
---   numeric(6,2)[] -> numeric[]
---   interval -> interval day to second
---   interval -> interval day to minute
---   interval -> interval second
---   interval -> interval day to second(3)
---   interval(3) -> interval day to second
---   interval(3) -> interval day to second(3)
---   interval(3) -> interval day to second(2)
---   interval year to month -> interval
---   interval year to month -> interval day to second(2)
---   interval year -> interval month
---   interval month -> interval year
---   interval hour -> interval minute
---   interval day to hour -> interval hour to minute
--- setup
CREATE TABLE parcel (id int PRIMARY KEY, c {from});
INSERT INTO parcel SELECT g, NULL FROM generate_series(1, 300) g;
CREATE INDEX parcel_c ON parcel (c);
--- run
ALTER TABLE parcel ALTER c TYPE {to};

--- schema words
CREATE DOMAIN word AS text;
CREATE DOMAIN term AS word;
CREATE DOMAIN checked AS int CHECK (VALUE > 0) CONSTRAINT small CHECK (VALUE < 900);
CREATE TABLE plain (id int, c word);
CREATE TABLE above (id int, c term);
CREATE TABLE number (id int, c checked);
INSERT INTO plain SELECT g, 'a' FROM generate_series(1, 300) g;
INSERT INTO above SELECT g, 'a' FROM generate_series(1, 300) g;
INSERT INTO number SELECT g, g FROM generate_series(1, 300) g;
CREATE TYPE kind AS ENUM ('a');

--- case domain: {what} on words
--- each what
---   ALTER DOMAIN word ADD CONSTRAINT filled CHECK (VALUE <> '')
---   ALTER DOMAIN word ADD CONSTRAINT filled CHECK (VALUE <> '') NOT VALID
---   ALTER DOMAIN term ADD CHECK (VALUE <> '')
---   ALTER DOMAIN word SET NOT NULL
---   ALTER DOMAIN word DROP NOT NULL
---   ALTER DOMAIN word DROP CONSTRAINT filled
---   ALTER DOMAIN word VALIDATE CONSTRAINT filled
---   ALTER DOMAIN checked ADD CONSTRAINT small CHECK (VALUE < 800)
---   ALTER DOMAIN checked DROP CONSTRAINT checked_check
---   ALTER DOMAIN checked RENAME CONSTRAINT small TO tiny; ALTER DOMAIN checked DROP CONSTRAINT tiny
---   ALTER DOMAIN checked RENAME CONSTRAINT big TO tiny
---   ALTER DOMAIN kind SET NOT NULL
---   CREATE DOMAIN fresh AS int UNIQUE
---   CREATE DOMAIN fresh AS int CHECK (VALUE > 0) NO INHERIT
---   CREATE DOMAIN fresh AS int CONSTRAINT one CHECK (VALUE > 0) CONSTRAINT one CHECK (VALUE < 9)
--- run
{what};

--- case domain inside of {type}: {what} on words
--- each type -> what
---   word[] -> ADD CHECK (VALUE <> '')
---   word[] -> ADD CHECK (VALUE <> '') NOT VALID
---   term[] -> SET NOT NULL
---   pair -> ADD CHECK (VALUE <> '')
---   pair -> DROP NOT NULL
---   list -> ADD CHECK (VALUE <> '')
--- setup
CREATE TYPE pair AS (a word, b int);
CREATE DOMAIN list AS word[];
CREATE TABLE holder (id int, c {type});
--- run
ALTER DOMAIN word {what};
