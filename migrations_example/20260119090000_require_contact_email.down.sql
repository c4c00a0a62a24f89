-- The addresses that were filled in stay: they are right. New orders may leave theirs out.
ALTER TABLE orders ALTER COLUMN contact_email DROP NOT NULL;
