CREATE FUNCTION order_total(order_id bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 1.0';
-- next migration
DROP FUNCTION order_total(bigint);
