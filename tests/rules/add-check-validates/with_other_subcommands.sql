CREATE TABLE orders (id bigint PRIMARY KEY, total integer, note text);
-- next migration
ALTER TABLE orders
    ADD COLUMN tax integer,
    ADD CONSTRAINT "Prüfung: Summe" CHECK (total > 0 AND note <> ', ADD') NO INHERIT,
    ALTER COLUMN note SET DEFAULT 'a, b';
