-- The index belongs to the constraint and goes with it.
ALTER TABLE payments DROP CONSTRAINT payments_provider_ref_key;
