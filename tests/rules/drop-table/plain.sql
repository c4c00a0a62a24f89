CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
DROP TABLE orders;
