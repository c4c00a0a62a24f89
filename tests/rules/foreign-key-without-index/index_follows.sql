CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE c (id bigint PRIMARY KEY, p bigint REFERENCES p);
CREATE INDEX c_p_idx ON c (p, id);
