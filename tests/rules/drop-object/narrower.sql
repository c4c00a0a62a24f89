CREATE FUNCTION f(a bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- next migration
DROP FUNCTION f(bigint);
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
