CREATE FUNCTION order_total(order_id bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 1.0';
-- next migration
ALTER FUNCTION order_total(bigint) RENAME TO total_of_order;
CREATE FUNCTION order_total(order_id bigint) RETURNS numeric LANGUAGE sql AS 'SELECT total_of_order(order_id)';
