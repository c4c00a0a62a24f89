CREATE ROLE reader;
DROP ROLE reader;
