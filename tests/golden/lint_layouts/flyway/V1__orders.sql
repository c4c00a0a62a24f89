CREATE TABLE flyway_orders (id bigint PRIMARY KEY, note text);
