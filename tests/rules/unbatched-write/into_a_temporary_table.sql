CREATE TABLE orders (id bigint PRIMARY KEY, region text);
-- next migration
CREATE TEMP TABLE chosen (id bigint);
INSERT INTO chosen SELECT id FROM orders WHERE region IS NULL;
