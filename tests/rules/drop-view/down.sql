CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM orders;
-- down
DROP VIEW v;
DROP TABLE orders;
