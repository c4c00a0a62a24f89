-- server 17
CREATE TABLE items (cents integer);
-- next migration
ALTER TABLE items ALTER COLUMN cents SET DEFAULT 2;
