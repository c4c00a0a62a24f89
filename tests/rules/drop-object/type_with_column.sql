CREATE TYPE mood AS ENUM ('calm', 'busy');
CREATE TYPE kind AS ENUM ('a');
CREATE TABLE shops (id bigint PRIMARY KEY, mood mood);
CREATE TABLE kinds (id bigint PRIMARY KEY, kind kind);
-- next migration
ALTER TABLE shops DROP COLUMN mood;
DROP TYPE mood;
DROP TABLE kinds;
DROP TYPE kind;
