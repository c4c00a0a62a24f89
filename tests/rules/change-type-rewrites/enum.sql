CREATE TYPE status AS ENUM ('new', 'paid');
CREATE TABLE orders (id bigint PRIMARY KEY, status text NOT NULL DEFAULT 'new' CHECK (status <> ''));
-- next migration
ALTER TABLE orders ALTER COLUMN status DROP DEFAULT;
ALTER TABLE orders DROP CONSTRAINT orders_status_check;
-- next migration
ALTER TABLE orders ALTER COLUMN status TYPE status USING status::status;
