-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY dbmate_orders_note ON dbmate_orders (note);
CREATE INDEX dbmate_orders_again ON dbmate_orders (note);

-- migrate:down
DROP INDEX dbmate_orders_note, dbmate_orders_again;
