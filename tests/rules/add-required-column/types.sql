CREATE TABLE parents (id bigint PRIMARY KEY);
CREATE TYPE mood AS ENUM ('calm');
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN tags text[] NOT NULL;
-- next migration
ALTER TABLE orders ADD COLUMN parent_id bigint NOT NULL REFERENCES parents;
-- next migration
ALTER TABLE orders ADD COLUMN mood mood NOT NULL;
-- next migration
ALTER TABLE orders ADD COLUMN code text NOT NULL UNIQUE;
-- next migration
ALTER TABLE orders ADD COLUMN paid numeric(10, 2) NOT NULL CHECK (paid >= 0), ADD COLUMN note text;
-- next migration
ALTER TABLE orders ADD COLUMN seen_at timestamptz NOT NULL;
-- next migration
ALTER TABLE ONLY orders ADD COLUMN IF NOT EXISTS "On" boolean NOT NULL;
