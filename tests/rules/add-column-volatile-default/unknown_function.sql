-- rewrite is not complete: the function is not made here
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN code text DEFAULT app.next_code();
