CREATE TABLE orders (id bigint PRIMARY KEY, total integer NOT NULL DEFAULT 7 CHECK (total >= 0), UNIQUE (total, id));
INSERT INTO orders VALUES (1), (2);
-- next migration
-- meanwhile: INSERT INTO orders (id) SELECT max(id) + 1 FROM orders
ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 2), ADD COLUMN note text;
