4CREATE TABLE orders (net integer, gross integer GENERATED ALWAYS AS (net * 2) STORED);
-- next migration
ALTER TABLE orders ADD COLUMN note text;
