CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE FUNCTION code() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN random(); END $$;
CREATE FUNCTION fixed() RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN 'x'; END $$;
-- next migration
ALTER TABLE orders ADD COLUMN a text DEFAULT fixed();
ALTER TABLE orders ADD COLUMN b text DEFAULT code();
