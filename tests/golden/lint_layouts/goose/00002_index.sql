-- +goose Up
-- +goose ENVSUB ON
GRANT SELECT ON goose_orders TO ${READER};
CREATE INDEX goose_orders_note ON goose_orders (note);
-- +goose Down
DROP INDEX goose_orders_note;
