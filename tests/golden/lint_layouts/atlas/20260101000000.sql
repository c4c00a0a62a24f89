CREATE TABLE atlas_orders (id bigint PRIMARY KEY, note text);
