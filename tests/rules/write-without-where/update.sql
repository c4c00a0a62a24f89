CREATE TABLE orders (id bigint PRIMARY KEY, state text);
-- next migration
UPDATE orders SET state = 'new';
