-- Any text is a status again.
ALTER TABLE orders DROP CONSTRAINT orders_status_check;
