CREATE TABLE t (a int);

ALTER TABEL t ADD b int;
CREATE INDEX i ON t (a);
