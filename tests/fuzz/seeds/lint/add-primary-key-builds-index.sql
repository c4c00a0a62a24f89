4CREATE TABLE lines (order_id bigint, no smallint);
ALTER TABLE lines ADD PRIMARY KEY (order_id, no);
