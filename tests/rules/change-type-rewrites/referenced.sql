-- rewrite mends only its own finding
-- rewrite is not complete: ON DELETE of the other table's key is for a person to write
CREATE TABLE customers (id integer PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers ON DELETE CASCADE);
-- next migration
ALTER TABLE customers ALTER COLUMN id TYPE bigint;
