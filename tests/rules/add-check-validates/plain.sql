CREATE TABLE orders (id bigint PRIMARY KEY, total integer);
-- next migration
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0);
