CREATE TABLE diesel_orders (id bigint PRIMARY KEY, note text);
