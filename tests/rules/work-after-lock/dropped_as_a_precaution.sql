CREATE TABLE orders (id bigint PRIMARY KEY, code text);
CREATE TABLE old_codes (id bigint PRIMARY KEY);
-- next migration
DROP TABLE IF EXISTS renamed_codes;
CREATE TABLE renamed_codes AS SELECT id, lower(code) AS code FROM orders;
UPDATE orders SET code = r.code FROM renamed_codes r WHERE r.id = orders.id AND orders.id < 1000;
-- next migration
DROP TABLE IF EXISTS old_codes;
UPDATE orders SET code = upper(code) WHERE id < 1000;
