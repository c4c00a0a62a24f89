BEGIN;
CREATE TABLE sqitch_orders (id bigint PRIMARY KEY, note text);
COMMIT;
