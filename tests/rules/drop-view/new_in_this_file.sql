CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
CREATE VIEW v AS SELECT id FROM orders;
DROP VIEW v;
