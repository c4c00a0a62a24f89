CREATE TABLE orders (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text);
INSERT INTO orders (note) VALUES ('a'), ('b');
-- next migration
-- meanwhile: INSERT INTO orders (note) VALUES ('meanwhile')
ALTER TABLE orders ALTER COLUMN id TYPE bigint;
-- next migration
INSERT INTO orders (note) VALUES ('c');
