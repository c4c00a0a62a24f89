CREATE TABLE orders (id bigint PRIMARY KEY, note text CONSTRAINT short CHECK (length(note) < 9));
-- next migration
ALTER TABLE orders ADD COLUMN total integer;
ALTER TABLE orders VALIDATE CONSTRAINT short;
