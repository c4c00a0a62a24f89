CREATE TABLE lines (order_id bigint, no smallint);
-- next migration
ALTER TABLE lines ADD CONSTRAINT "Lines PK" PRIMARY KEY (order_id, no) INCLUDE (order_id)
    WITH (fillfactor = 90) DEFERRABLE;
