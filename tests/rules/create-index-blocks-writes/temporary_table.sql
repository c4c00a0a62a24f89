CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
CREATE TEMPORARY TABLE old_orders AS SELECT id FROM orders;
CREATE INDEX ON old_orders (id);
