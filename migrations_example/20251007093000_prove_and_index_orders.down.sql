-- As it was on the evening before, the unproved foreign key included.
CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);

DROP INDEX CONCURRENTLY orders_customer_id_placed_at_idx;

DROP INDEX CONCURRENTLY orders_coupon_code_idx;

ALTER TABLE orders
    DROP CONSTRAINT orders_coupon_code_fkey,
    ADD CONSTRAINT orders_coupon_code_fkey
        FOREIGN KEY (coupon_code) REFERENCES coupons (code) NOT VALID;
