CREATE TABLE p (a bigint, b bigint, PRIMARY KEY (a, b));
CREATE TABLE c (id bigint PRIMARY KEY, a bigint, b bigint, FOREIGN KEY (a, b) REFERENCES p);
CREATE INDEX c_b_a_idx ON c (b, a);
