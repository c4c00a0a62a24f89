CREATE TABLE orders (id bigint PRIMARY KEY);
ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();
CREATE TEMP TABLE staging (id bigint);
ALTER TABLE staging ADD COLUMN no serial;
