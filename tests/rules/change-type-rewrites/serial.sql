CREATE SCHEMA app;
CREATE TABLE app.orders (no serial, note text);
INSERT INTO app.orders (note) VALUES ('a'), ('b');
-- next migration
-- meanwhile: INSERT INTO app.orders (note) VALUES ('meanwhile')
ALTER TABLE app.orders ALTER no SET DATA TYPE bigint;
-- next migration
INSERT INTO app.orders (note) VALUES ('c');
