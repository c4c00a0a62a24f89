CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- next migration
DO $$
BEGIN
    EXECUTE 'CREATE INDEX ON orders (note)';
END
$$;
