-- not for a server: it does not have the type
CREATE TABLE orders (id bigint PRIMARY KEY);
ALTER TABLE orders ADD COLUMN mood app.mood;
