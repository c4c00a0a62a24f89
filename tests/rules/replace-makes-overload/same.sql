CREATE FUNCTION order_total(order_id bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 1.0';
-- next migration
CREATE OR REPLACE FUNCTION order_total(order_id int8) RETURNS numeric LANGUAGE sql AS 'SELECT 1.0';
