CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
-- rewrite mends only its own finding
ALTER TABLE orders
    ADD COLUMN net integer,
    ADD COLUMN tax integer DEFAULT 0 CHECK (tax >= 0),
    ADD gross numeric(10, 2) DEFAULT 0 CHECK (gross >= 0) NOT NULL;
