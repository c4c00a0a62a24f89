2CREATE TABLE orders (id bigint PRIMARY KEY, note text);
ALTER TABLE orders ADD CONSTRAINT short CHECK (length(note) < 9) NOT VALID;
-- next migration
UPDATE orders SET note = left(note, 8) WHERE length(note) > 8;
ALTER TABLE orders VALIDATE CONSTRAINT short;
