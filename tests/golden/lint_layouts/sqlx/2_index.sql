CREATE INDEX sqlx_orders_note ON sqlx_orders (note);
