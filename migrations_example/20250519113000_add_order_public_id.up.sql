-- Links in our mails counted orders: anyone could open the next one by adding 1. Fixed within the
-- hour in which it was reported. The default differs from row to row, so the table is rewritten.
ALTER TABLE orders ADD COLUMN public_id uuid NOT NULL DEFAULT gen_random_uuid();
