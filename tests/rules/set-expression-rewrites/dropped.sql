-- server 17
CREATE TABLE items (cents integer, gross integer GENERATED ALWAYS AS (cents * 2) STORED);
-- next migration
ALTER TABLE items ALTER COLUMN gross DROP EXPRESSION;
