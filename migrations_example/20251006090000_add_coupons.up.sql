-- Coupons for Christmas. Nobody wants a second September: the reference is declared for new rows
-- only (NOT VALID, no reading), and proved by the next migration.
CREATE TABLE coupons (
    code text PRIMARY KEY,
    percent_off smallint NOT NULL CHECK (percent_off BETWEEN 1 AND 90),
    valid_until date NOT NULL
);

INSERT INTO coupons (code, percent_off, valid_until)
VALUES ('ADVENT25', 10, '2025-12-24'), ('FRÖHLICH', 15, '2026-01-06');

ALTER TABLE orders ADD COLUMN coupon_code text;

ALTER TABLE orders ADD CONSTRAINT orders_coupon_code_fkey
    FOREIGN KEY (coupon_code) REFERENCES coupons (code) NOT VALID;
