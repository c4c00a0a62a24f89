CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE INDEX orders_note_idx ON orders (note);
CREATE INDEX orders_id_note_idx ON orders (id, note);
-- next migration
DROP INDEX orders_note_idx;
-- next migration
DROP INDEX orders_id_note_idx;
DROP TABLE orders;
