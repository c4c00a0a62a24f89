-- +goose Up
CREATE TABLE goose_orders (id bigint PRIMARY KEY, note text);
-- +goose StatementBegin
CREATE FUNCTION goose_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.note := 'touched';
    RETURN NEW;
END $$;
-- +goose StatementEnd
-- +goose Down
DROP FUNCTION goose_touch();
DROP TABLE goose_orders;
