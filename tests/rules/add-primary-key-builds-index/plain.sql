CREATE TABLE lines (order_id bigint NOT NULL, no smallint NOT NULL);
-- next migration
ALTER TABLE lines ADD PRIMARY KEY (order_id, no);
