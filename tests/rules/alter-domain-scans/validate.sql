CREATE DOMAIN email AS text;
CREATE TABLE people (mail email);
ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (VALUE LIKE '%@%') NOT VALID;
-- next migration
ALTER DOMAIN email VALIDATE CONSTRAINT has_at;
