CREATE SCHEMA old;
CREATE TABLE old.t (id bigint PRIMARY KEY);
-- next migration
CREATE SCHEMA work;
CREATE TABLE work.t (id bigint PRIMARY KEY);
CREATE SCHEMA IF NOT EXISTS maybe;
CREATE SCHEMA again CREATE TABLE t (id bigint PRIMARY KEY);
DROP SCHEMA work CASCADE;
DROP SCHEMA again CASCADE;
-- It may have been there, and this one was.
DROP SCHEMA maybe CASCADE;
ALTER SCHEMA old RENAME TO older;
DROP SCHEMA older CASCADE;
