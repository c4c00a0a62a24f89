SET search_path = app;
SET ROLE owner;
CREATE TABLE app.orders (id bigint PRIMARY KEY);
