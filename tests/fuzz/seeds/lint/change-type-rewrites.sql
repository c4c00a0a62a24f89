1CREATE TABLE orders (id bigint PRIMARY KEY, code varchar(10) CONSTRAINT short CHECK (length(code) > 2));
-- next migration
ALTER TABLE orders ALTER COLUMN code TYPE varchar(20);
