CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- next migration
DROP TABLE orders;
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE INDEX ON orders (note);
-- next migration
CREATE INDEX ON orders (id, note);
