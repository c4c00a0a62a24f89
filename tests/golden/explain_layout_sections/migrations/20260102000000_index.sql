-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY orders_note ON orders (note);
CREATE INDEX orders_again ON orders (note);

-- migrate:down
DROP INDEX orders_note;
