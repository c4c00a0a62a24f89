BEGIN;
DROP TABLE sqitch_orders;
COMMIT;
