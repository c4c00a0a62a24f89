CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM orders;
-- next migration
DROP VIEW v;
CREATE VIEW v AS SELECT id, 1 AS one FROM orders;
