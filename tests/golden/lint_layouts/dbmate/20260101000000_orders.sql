-- migrate:up
CREATE TABLE dbmate_orders (id bigint PRIMARY KEY, note text);

-- migrate:down
DROP TABLE dbmate_orders;
