CREATE DOMAIN email AS text;
CREATE TABLE people (mail email);
-- next migration
ALTER DOMAIN email SET NOT NULL;
