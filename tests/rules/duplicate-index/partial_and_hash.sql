CREATE TABLE t (id bigint PRIMARY KEY, a text, b text);
CREATE INDEX t_a_b_idx ON t (a, b);
CREATE INDEX t_a_some_idx ON t (a) WHERE b IS NULL;
CREATE INDEX t_a_hash_idx ON t USING hash (a);
