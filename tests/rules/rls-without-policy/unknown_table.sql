ALTER TABLE t ENABLE ROW LEVEL SECURITY;
-- not for a server: it does not have the table
