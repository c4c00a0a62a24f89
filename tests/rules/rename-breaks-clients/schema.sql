CREATE SCHEMA shop;
CREATE TABLE shop.clients (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER SCHEMA shop RENAME TO sales;
-- next migration
ALTER TABLE orders SET SCHEMA sales;
