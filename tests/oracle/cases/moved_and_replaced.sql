-- Types and functions that move to another schema, and functions that are replaced by others.

--- schema moving
CREATE SCHEMA annex;
CREATE TYPE colour AS ENUM ('red', 'green');
CREATE DOMAIN price AS int;
CREATE TYPE annex.taken AS ENUM ('a');
CREATE TYPE taken AS ENUM ('a');
CREATE FUNCTION plus(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION bare(int, b int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION split(a int, OUT x int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE work(a int) LANGUAGE sql AS 'SELECT 1';
CREATE TABLE good (id int PRIMARY KEY, cost price, look colour);
INSERT INTO good SELECT g, g, 'red' FROM generate_series(1, 300) g;

--- case moved: {text} on moving
--- each text
---   ALTER TYPE colour SET SCHEMA annex
---   ALTER DOMAIN price SET SCHEMA annex
---   ALTER TYPE taken SET SCHEMA annex
---   ALTER TYPE annex.taken SET SCHEMA annex
---   ALTER TYPE colour SET SCHEMA annex; ALTER TYPE annex.colour ADD VALUE 'blue'
---   ALTER TYPE colour SET SCHEMA annex; ALTER TYPE annex.colour RENAME TO hue
---   ALTER TYPE colour SET SCHEMA annex; CREATE TYPE colour AS ENUM ('red')
---   ALTER DOMAIN price SET SCHEMA annex; ALTER DOMAIN annex.price ADD CHECK (VALUE >= 0)
---   ALTER DOMAIN price SET SCHEMA annex; CREATE DOMAIN price AS int
---   ALTER FUNCTION plus(int, int) SET SCHEMA annex; DROP FUNCTION annex.plus(int, int)
---   ALTER FUNCTION plus(int, int) SET SCHEMA annex; DROP FUNCTION plus(int, int)
--- run
{text};

--- case replaced: CREATE OR REPLACE {text} on moving
--- each text
---   FUNCTION plus(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT 2'
---   FUNCTION plus(c int, b int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT 2'
---   FUNCTION plus(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT 2'
---   FUNCTION plus(a int DEFAULT 2, b int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT 2'
---   FUNCTION plus(int, int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT 2'
---   FUNCTION bare(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT 2'
---   FUNCTION bare(int, c int) RETURNS int LANGUAGE sql AS 'SELECT 2'
---   FUNCTION split(a int, OUT x int) RETURNS int LANGUAGE sql AS 'SELECT 2'
---   FUNCTION split(z int, OUT x int) RETURNS int LANGUAGE sql AS 'SELECT 2'
---   PROCEDURE work(b int) LANGUAGE sql AS 'SELECT 2'
---   PROCEDURE work(a int) LANGUAGE sql AS 'SELECT 2'
--- run
CREATE OR REPLACE {text};
