\restrict x7
\set ON_ERROR_STOP on
CREATE TABLE shelves (id bigint PRIMARY KEY);
\i more.sql
SELECT $$
\copy$$;
	\copy shelves FROM shelves.csv
\unrestrict x7
