-- +goose Up
SET LOCAL search_path = app;
CREATE TABLE app.parcels (id bigint PRIMARY KEY);

-- +goose Down
DROP TABLE app.parcels;
