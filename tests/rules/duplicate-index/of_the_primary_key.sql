CREATE TABLE t (id bigint PRIMARY KEY, a text);
CREATE INDEX t_id_idx ON t (id);
