CREATE TABLE orders (id bigint PRIMARY KEY, a text, b text, c text NOT NULL);
-- next migration
ALTER TABLE orders
    ALTER COLUMN a SET NOT NULL,
    ALTER COLUMN b SET NOT NULL,
    ALTER COLUMN c SET NOT NULL,
    ADD CONSTRAINT short CHECK (length(c) < 9);
