CREATE TABLE t (a bigint NOT NULL UNIQUE, b text);
CREATE TABLE u (a bigint UNIQUE, b text);
