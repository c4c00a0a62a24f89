CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- next migration
VACUUM orders;
-- next migration
VACUUM (ANALYZE) orders;
