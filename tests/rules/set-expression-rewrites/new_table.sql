-- server 17
CREATE TABLE items (cents integer, gross integer GENERATED ALWAYS AS (cents * 2) STORED);
ALTER TABLE items ALTER COLUMN gross SET EXPRESSION AS (cents * 3);
