CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
-- next migration
DROP FUNCTION touch();
