CREATE TABLE orders (id bigint PRIMARY KEY, total integer, paid integer);
-- next migration
ALTER TABLE orders ADD CHECK (total > 0);
-- next migration
ALTER TABLE orders ADD CHECK (total > 1);
-- next migration
ALTER TABLE orders ADD CHECK (paid <= total);
