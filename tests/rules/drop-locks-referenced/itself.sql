CREATE TABLE parts (id bigint PRIMARY KEY, above bigint REFERENCES parts);
-- next migration
DROP TABLE parts;
