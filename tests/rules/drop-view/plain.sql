CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM orders;
-- next migration
DROP VIEW v;
