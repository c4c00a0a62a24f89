CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN tax integer CHECK (tax >= 0) UNIQUE;
