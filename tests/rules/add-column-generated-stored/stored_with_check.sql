CREATE TABLE orders (id bigint PRIMARY KEY, net integer);
-- next migration
ALTER TABLE orders ADD COLUMN g integer GENERATED ALWAYS AS (abs(net)) STORED CHECK (g >= 0);
