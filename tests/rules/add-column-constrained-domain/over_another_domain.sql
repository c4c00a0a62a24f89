CREATE DOMAIN percent AS integer CHECK (VALUE >= 0);
CREATE DOMAIN small_percent AS percent;
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN off small_percent;
