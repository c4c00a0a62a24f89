CREATE DOMAIN channel AS text DEFAULT 'shop';
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN a text NOT NULL DEFAULT 'x';
ALTER TABLE orders ADD COLUMN b channel NOT NULL;
