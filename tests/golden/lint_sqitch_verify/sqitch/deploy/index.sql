BEGIN;
CREATE INDEX sqitch_orders_note ON sqitch_orders (note);
COMMIT;
