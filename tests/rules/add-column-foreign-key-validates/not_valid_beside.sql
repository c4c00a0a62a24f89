CREATE TABLE countries (code text PRIMARY KEY);
INSERT INTO countries VALUES ('DE');
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN country text DEFAULT 'DE',
    ADD CONSTRAINT c FOREIGN KEY (country) REFERENCES countries NOT VALID;
