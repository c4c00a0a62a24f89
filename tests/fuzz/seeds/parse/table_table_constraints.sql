CREATE TABLE t (a int, b int, PRIMARY KEY (a, b) INCLUDE (c));
CREATE TABLE t (a int, CONSTRAINT u UNIQUE (a), CONSTRAINT f FOREIGN KEY (a) REFERENCES o (b));
CREATE TABLE t (a int, CHECK (a > 0 AND b IS NOT NULL), EXCLUDE USING gist (a WITH =, (b || 'x') WITH &&) WHERE (a > 3));
