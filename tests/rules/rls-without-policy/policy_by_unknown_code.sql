CREATE TABLE t (id bigint PRIMARY KEY);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
DO $$ BEGIN EXECUTE (SELECT note FROM notes); END $$;
-- not for a server: it does not have the table
