-- server 18
CREATE TABLE items (cents integer, gross integer GENERATED ALWAYS AS (cents * 2) VIRTUAL);
-- next migration
ALTER TABLE items ALTER COLUMN gross SET EXPRESSION AS (cents * 3);
