CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- next migration
ALTER TABLE orders ADD CONSTRAINT short CHECK (length(note) < 9) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT short;
