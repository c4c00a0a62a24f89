-- Refuses while a total is beyond 2 147 483 647. Rewrites the table again.
ALTER TABLE orders ALTER COLUMN total_cents TYPE integer;
