3CREATE TABLE orders (id bigint PRIMARY KEY, coupon text);
-- next migration
CREATE TABLE coupons (code text PRIMARY KEY);
ALTER TABLE orders ADD CONSTRAINT c FOREIGN KEY (coupon) REFERENCES coupons (code);
