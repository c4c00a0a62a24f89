CREATE TABLE a (id bigint PRIMARY KEY, v text);
-- next migration
DO $$ BEGIN
    DELETE FROM a;
END $$;
