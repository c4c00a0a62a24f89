CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;
CREATE TABLE items (order_id bigint);
-- next migration
ALTER TABLE items ADD CONSTRAINT f FOREIGN KEY (order_id) REFERENCES orders NOT VALID;
