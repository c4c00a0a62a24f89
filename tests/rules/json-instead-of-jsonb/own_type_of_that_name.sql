CREATE SCHEMA own;
CREATE TYPE own.json AS (a text);
CREATE TABLE t (id bigint PRIMARY KEY, a own.json);
