CREATE TABLE orders (id bigint PRIMARY KEY, placed_at timestamptz);
CREATE INDEX ON orders (placed_at);
CREATE TABLE copy_of_orders AS SELECT * FROM orders;
CREATE INDEX ON copy_of_orders (id);
