CREATE TABLE orders (id bigint PRIMARY KEY, a text NOT NULL);
-- next migration
ALTER TABLE orders ADD COLUMN IF NOT EXISTS a text NOT NULL;
