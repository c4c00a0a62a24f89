-- not for a server: it does not have the type
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN mood app.mood;
ALTER TABLE orders ADD COLUMN others app.mood[];
