CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE DOMAIN serial_number AS text;

-- next migration
ALTER TABLE orders ADD COLUMN code serial_number NOT NULL;
