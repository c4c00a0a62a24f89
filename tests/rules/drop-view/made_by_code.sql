CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE VIEW notes AS SELECT note FROM orders;
CREATE VIEW ids AS SELECT id FROM orders;
CREATE SCHEMA app;
CREATE MATERIALIZED VIEW app.counts AS SELECT count(*) FROM orders;
-- next migration
-- What the code puts together has the view's name in it, or has not.
DO $$
DECLARE
    definition text := pg_get_viewdef('notes');
BEGIN
    DROP VIEW notes;
    DROP VIEW ids;
    ALTER TABLE orders ADD COLUMN kind text;
    EXECUTE format('CREATE VIEW notes AS %s', definition);
    EXECUTE format('CREATE VIEW notes_and_ids AS %s', definition);
END
$$;
DROP MATERIALIZED VIEW app.counts;
DO $$
BEGIN
    EXECUTE 'create materialized view  if not exists app.counts as select count(*), ' || 1
        || ' from orders';
END
$$;
