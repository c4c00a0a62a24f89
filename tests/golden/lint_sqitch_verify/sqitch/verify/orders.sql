BEGIN;
SELECT id, note FROM sqitch_orders WHERE false;
ROLLBACK;
