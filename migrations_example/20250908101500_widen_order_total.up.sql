-- A tea house in Huế paid in đồng: 25 million of them, in hundredths, overflowed an integer.
-- Shipped on a Monday at a quarter past ten. The lock waited for a report, every checkout waited
-- for the lock, and then 60 000 orders were written anew: the shop stood still for 90 seconds.
-- The reason why everything after this file is done differently.
ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint;
