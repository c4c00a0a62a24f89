CREATE TABLE t (id bigint PRIMARY KEY, a varchar(2), b character varying(3), c text);
