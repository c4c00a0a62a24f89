CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE codes (code integer PRIMARY KEY);
INSERT INTO codes SELECT generate_series(0, 9);
-- next migration
ALTER TABLE orders ADD COLUMN code integer
    CONSTRAINT "Prüfung" CHECK (code >= 0)
    REFERENCES codes (code) ON DELETE SET DEFAULT DEFERRABLE
    DEFAULT (floor(random() * 9))::integer
    NOT NULL;
