CREATE TABLE lines (order_id bigint, no smallint NOT NULL);
-- next migration
ALTER TABLE lines ADD CONSTRAINT here CHECK (order_id IS NOT NULL) NOT VALID;
-- next migration
ALTER TABLE lines VALIDATE CONSTRAINT here;
-- next migration
CREATE UNIQUE INDEX CONCURRENTLY lines_idx ON lines (order_id, no);
-- next migration
ALTER TABLE lines ADD CONSTRAINT lines_pkey PRIMARY KEY USING INDEX lines_idx;
