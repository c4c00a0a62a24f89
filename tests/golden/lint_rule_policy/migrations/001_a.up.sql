CREATE INDEX orders_a ON orders (a);
