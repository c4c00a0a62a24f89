CREATE TABLE orders (id bigint PRIMARY KEY, code varchar(10));
CREATE INDEX coded ON orders (id) WHERE code <> '';
-- next migration
ALTER TABLE orders ALTER COLUMN code TYPE varchar(20);
