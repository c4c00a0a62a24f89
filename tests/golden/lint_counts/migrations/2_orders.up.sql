CREATE INDEX orders_note_1 ON orders (note, (1));
CREATE INDEX orders_note_2 ON orders (note, (2));
CREATE INDEX orders_note_3 ON orders (note, (3));
CREATE INDEX orders_note_4 ON orders (note, (4));
CREATE INDEX orders_note_5 ON orders (note, (5));
CREATE INDEX orders_note_6 ON orders (note, (6));
CREATE INDEX orders_note_7 ON orders (note, (7));
CREATE INDEX orders_note_8 ON orders (note, (8));
-- lockstep: allow drop-column: nobody reads it
ALTER TABLE orders DROP COLUMN total;
