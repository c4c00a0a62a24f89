-- +goose Up
-- +goose ENVSUB ON
GRANT SELECT ON orders TO ${READER};
CREATE INDEX orders_note ON orders (note);
-- +goose Down
DROP INDEX orders_note;
