CREATE TYPE s.c AS (a int, b text);
CREATE TYPE r AS RANGE (subtype = float8);
CREATE TYPE base (INPUT = i, OUTPUT = o);
CREATE TYPE shell;
CREATE AGGREGATE a (int) (SFUNC = f, STYPE = int);
CREATE OPERATOR === (LEFTARG = a, FUNCTION = f);
CREATE COLLATION c (locale = 'de');
