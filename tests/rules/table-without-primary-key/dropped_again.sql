CREATE TABLE t (a bigint);
DROP TABLE t;
