CREATE INDEX graphile_orders_note ON graphile_orders (note);
