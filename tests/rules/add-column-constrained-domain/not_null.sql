CREATE DOMAIN name AS text NOT NULL;
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN who public.name DEFAULT 'x';
