CREATE TABLE shops (id bigint PRIMARY KEY);
-- next migration
CREATE TABLE visits (at timestamptz NOT NULL);
CREATE TABLE alembic_version (version_num varchar(32) NOT NULL);
-- next migration
CREATE TEMP TABLE visits (at timestamptz NOT NULL);
DROP TABLE pg_temp.visits;
