CREATE TABLE t (code char(2) PRIMARY KEY, other character(3));
