CREATE FUNCTION f(a integer, b varchar(20)) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- next migration
DROP FUNCTION f(integer, varchar);
CREATE FUNCTION f(a bigint, b text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
