-- A statement on another table, then more on one that is held already.
ALTER TABLE orders ALTER note TYPE int USING note::int,
  ADD COLUMN token uuid DEFAULT gen_random_uuid();
CREATE TABLE audit (id int PRIMARY KEY, order_id bigint REFERENCES orders);
CREATE INDEX ON users (email);
CREATE TABLE an_archive_of_orders_that_nobody_reads AS SELECT * FROM orders;
SET lock_timeout = '2s';
CREATE INDEX CONCURRENTLY users_email ON users (email);
DO $$ BEGIN EXECUTE (SELECT text FROM todo); END $$;
