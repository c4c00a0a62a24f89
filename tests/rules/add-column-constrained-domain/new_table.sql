CREATE DOMAIN percent AS integer CHECK (VALUE >= 0);
-- next migration
CREATE TABLE orders (id bigint PRIMARY KEY);
ALTER TABLE orders ADD COLUMN off percent;
