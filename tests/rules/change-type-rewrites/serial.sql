CREATE SCHEMA app;
CREATE TABLE app.orders (no serial, note text);
-- next migration
ALTER TABLE app.orders ALTER no SET DATA TYPE bigint;
