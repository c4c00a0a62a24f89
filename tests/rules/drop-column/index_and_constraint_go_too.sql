CREATE TABLE orders (id bigint PRIMARY KEY, region text, number integer, UNIQUE (region, number));
CREATE INDEX orders_region_idx ON orders (region, id);
-- next migration
ALTER TABLE orders DROP COLUMN region;
