CREATE TABLE orders (name text);
INSERT INTO orders VALUES ('a'), ('b'), ('c');
-- next migration
ALTER TABLE orders ADD COLUMN no bigserial;
