CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE c (id bigint PRIMARY KEY, p bigint REFERENCES p, q bigint REFERENCES p, gone boolean);
CREATE INDEX c_p_idx ON c (p) WHERE p IS NOT NULL;
CREATE INDEX c_q_idx ON c (q) WHERE NOT gone;
