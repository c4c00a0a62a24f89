-- not for a server: it does not have the type
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
-- lockstep: allow add-column-unknown-type: an enum of the base image
ALTER TABLE orders ADD COLUMN mood app.mood;
