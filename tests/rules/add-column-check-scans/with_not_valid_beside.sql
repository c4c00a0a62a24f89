CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN tax integer, ADD CONSTRAINT t CHECK (tax >= 0) NOT VALID;
