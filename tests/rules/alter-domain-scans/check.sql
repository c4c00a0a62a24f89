CREATE DOMAIN email AS text;
CREATE TABLE people (mail email);
-- next migration
ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (VALUE LIKE '%@%');
