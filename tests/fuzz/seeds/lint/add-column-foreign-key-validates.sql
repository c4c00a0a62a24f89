3CREATE TABLE countries (code text PRIMARY KEY);
INSERT INTO countries VALUES ('DE');
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD country text DEFAULT 'DE' CONSTRAINT c REFERENCES countries ON UPDATE CASCADE;
