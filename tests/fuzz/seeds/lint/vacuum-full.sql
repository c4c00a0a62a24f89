1CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- next migration
VACUUM (FULL false) orders;
