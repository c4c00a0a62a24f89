CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE c (p bigint REFERENCES p, n integer, PRIMARY KEY (n, p));
