CREATE SEQUENCE numbers;
CREATE TABLE orders (id bigint DEFAULT nextval('numbers'), CONSTRAINT orders_pkey PRIMARY KEY (id));
-- next migration
DROP SEQUENCE numbers CASCADE;
