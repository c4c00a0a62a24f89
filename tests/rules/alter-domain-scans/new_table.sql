CREATE DOMAIN email AS text;
-- next migration
CREATE TABLE people (mail email);
ALTER DOMAIN email SET NOT NULL;
