CREATE TABLE countries (code text PRIMARY KEY);
INSERT INTO countries VALUES ('DE');
-- next migration
CREATE TABLE orders (id bigint PRIMARY KEY);
ALTER TABLE orders ADD COLUMN country text DEFAULT 'DE' REFERENCES countries;
