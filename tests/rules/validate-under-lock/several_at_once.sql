CREATE TABLE orders (id bigint PRIMARY KEY, note text);
ALTER TABLE orders ADD CONSTRAINT a CHECK (length(note) < 9) NOT VALID;
ALTER TABLE orders ADD CONSTRAINT b CHECK (note <> '') NOT VALID;
-- next migration
ALTER TABLE orders
    VALIDATE CONSTRAINT a,
    VALIDATE CONSTRAINT b,
    ALTER COLUMN note SET DEFAULT 'x';
