CREATE FUNCTION f(a bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(a bigint, b text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(a text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- next migration
DROP FUNCTION f(a bigint);
