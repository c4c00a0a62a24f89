-- not for a server: it does not have the type
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN a citext;
ALTER TABLE orders ADD COLUMN b public.geometry(Point, 4326);
ALTER TABLE orders ADD COLUMN c vector(3);
ALTER TABLE orders ADD COLUMN d hstore;
