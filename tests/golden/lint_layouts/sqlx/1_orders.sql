CREATE TABLE sqlx_orders (id bigint PRIMARY KEY, note text);
