-- Slow again, but correct.
DROP INDEX CONCURRENTLY orders_customer_id_idx;
