CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT n, 'n' || n FROM generate_series(1, 100) AS n;
CREATE TABLE log (id integer);
ALTER TABLE log ADD CONSTRAINT c CHECK (id > 0) NOT VALID;
-- next migration
ALTER TABLE orders ADD COLUMN state text;
ALTER TABLE log VALIDATE CONSTRAINT c;
