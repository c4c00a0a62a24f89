CREATE SCHEMA app;
CREATE TABLE app.orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE app.orders ADD COLUMN code text UNIQUE;
