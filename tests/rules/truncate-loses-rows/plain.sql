CREATE TABLE carts (id bigint PRIMARY KEY);
-- next migration
TRUNCATE carts;
