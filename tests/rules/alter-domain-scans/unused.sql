CREATE DOMAIN email AS text;
CREATE TABLE people (mail text);
-- next migration
ALTER DOMAIN email SET NOT NULL;
