CREATE INDEX flyway_orders_note ON flyway_orders (note);
