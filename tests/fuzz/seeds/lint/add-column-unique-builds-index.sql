0CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN code text CONSTRAINT "nur einmal" UNIQUE DEFERRABLE;
