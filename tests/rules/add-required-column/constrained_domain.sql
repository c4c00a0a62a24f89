CREATE DOMAIN percent AS integer CHECK (VALUE > 0);
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN share percent NOT NULL;
