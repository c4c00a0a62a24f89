CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN tax integer CONSTRAINT "Steuer, ≥ 0" CHECK (tax >= 0);
