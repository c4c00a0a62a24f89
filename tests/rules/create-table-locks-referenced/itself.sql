CREATE TABLE parts (id bigint PRIMARY KEY, above bigint REFERENCES parts);
