CREATE TABLE orders (id bigint PRIMARY KEY, region text);
CREATE TABLE copies (id bigint PRIMARY KEY, region text);
-- next migration
INSERT INTO copies SELECT id, region FROM orders;
