CREATE DOMAIN euros AS numeric(10, 2) DEFAULT 0;
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN total euros;
