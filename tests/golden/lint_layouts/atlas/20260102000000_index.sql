CREATE INDEX atlas_orders_note ON atlas_orders (note);
