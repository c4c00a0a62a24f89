2CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- next migration
-- lockstep: allow create-index-blocks-writes: twelve rows
CREATE INDEX ON orders (note);
