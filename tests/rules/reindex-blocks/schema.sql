CREATE SCHEMA "index";
CREATE TABLE "index".t (id bigint PRIMARY KEY);
-- next migration
REINDEX (VERBOSE) SCHEMA "index";
