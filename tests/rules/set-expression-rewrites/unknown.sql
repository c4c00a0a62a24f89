-- rewrite is not complete: the server does not have the table
ALTER TABLE items ALTER COLUMN gross SET EXPRESSION AS (cents * 3);
