CREATE TABLE orders (id integer PRIMARY KEY);
-- next migration
CREATE TABLE orders_new (id bigint PRIMARY KEY);
ALTER TABLE orders RENAME TO orders_old;
ALTER TABLE orders_new RENAME TO orders;
