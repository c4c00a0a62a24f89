CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- next migration
REINDEX (VERBOSE) INDEX orders_pkey;
