-- Which order used which coupon is lost; what was paid is not.
ALTER TABLE orders DROP COLUMN coupon_code;

DROP TABLE coupons;
