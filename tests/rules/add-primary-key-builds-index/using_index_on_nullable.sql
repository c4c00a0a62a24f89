CREATE TABLE lines (order_id bigint, no smallint NOT NULL);
-- next migration
CREATE UNIQUE INDEX CONCURRENTLY lines_idx ON lines (order_id, no);
-- next migration
ALTER TABLE lines ADD CONSTRAINT lines_pkey PRIMARY KEY USING INDEX lines_idx;
