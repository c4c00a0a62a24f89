-- Duplicates become possible again; the merged accounts stay merged.
ALTER TABLE customers DROP CONSTRAINT customers_email_key;
