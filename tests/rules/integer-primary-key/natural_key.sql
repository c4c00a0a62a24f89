CREATE TABLE t (code integer PRIMARY KEY, name text);
