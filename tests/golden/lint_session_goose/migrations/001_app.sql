-- +goose Up
SET search_path = app;
CREATE TABLE app.orders (id bigint PRIMARY KEY);
RESET search_path;
SET ROLE owner;

-- +goose Down
DROP TABLE app.orders;
