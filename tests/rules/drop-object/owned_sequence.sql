CREATE TABLE orders (id serial PRIMARY KEY, total numeric);
-- next migration
ALTER TABLE orders ALTER COLUMN id DROP DEFAULT;
DROP SEQUENCE orders_id_seq;
