1CREATE TABLE orders (id bigint PRIMARY KEY);
ALTER TABLE orders ADD COLUMN tax integer CHECK (tax >= 0);
