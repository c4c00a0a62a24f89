CREATE FUNCTION order_total(order_id bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 1.0';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE SCHEMA app;
-- next migration
ALTER FUNCTION order_total(bigint) RENAME TO total_of_order;
ALTER FUNCTION touch() RENAME TO touch_row;
-- next migration
ALTER FUNCTION total_of_order SET SCHEMA app;
-- next migration
DROP FUNCTION app.total_of_order(bigint);
