CREATE TABLE orders (id bigint PRIMARY KEY);
-- down
DROP TABLE orders;
