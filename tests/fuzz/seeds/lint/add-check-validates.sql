0CREATE TABLE orders (id bigint PRIMARY KEY, total integer);
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0);
