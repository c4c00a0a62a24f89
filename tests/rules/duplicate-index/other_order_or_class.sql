CREATE TABLE t (id bigint PRIMARY KEY, a text, b text);
CREATE INDEX t_a_b_idx ON t (a, b);
CREATE INDEX t_b_idx ON t (b);
CREATE INDEX t_a_pattern_idx ON t (a text_pattern_ops);
CREATE INDEX t_a_desc_idx ON t (a DESC);
