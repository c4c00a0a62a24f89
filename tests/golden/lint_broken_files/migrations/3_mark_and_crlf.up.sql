CREATE TABLE t (a int);
COMMIT;
CREATE INDEX i ON t (a);
