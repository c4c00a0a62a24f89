-- server 18
CREATE TABLE lines (order_id bigint, no smallint);
-- next migration
ALTER TABLE lines ADD PRIMARY KEY (order_id, no);
