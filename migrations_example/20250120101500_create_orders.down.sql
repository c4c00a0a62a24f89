-- Items first: they refer to orders.
DROP TABLE order_items;
DROP TABLE orders;
