ALTER TABLE customers ADD COLUMN cart_count bigint;
