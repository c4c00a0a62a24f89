-- An order was "shiped" for two weeks and nobody packed it. Typed in on the spot, on a Monday
-- afternoon; a check is better than a typo, and 2 000 orders were read in a blink.
ALTER TABLE orders ADD CONSTRAINT orders_status_check
    CHECK (status IN ('new', 'paid', 'shipped', 'returned', 'cancelled'));
