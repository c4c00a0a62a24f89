CREATE TABLE orders (id bigint PRIMARY KEY, total integer, note text);
-- next migration
ALTER TABLE orders
    ADD CONSTRAINT positive CHECK (total > 0),
    ADD CONSTRAINT short CHECK (length(note) < 10);
