CREATE FUNCTION order_total(order_id bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 1.0';
-- down
DROP FUNCTION order_total(bigint);
