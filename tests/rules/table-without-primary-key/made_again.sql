CREATE TABLE visits (at timestamptz NOT NULL);
-- next migration
-- lockstep: allow drop-table: it was empty
DROP TABLE visits;
CREATE TABLE visits (at timestamptz NOT NULL, page text NOT NULL);
