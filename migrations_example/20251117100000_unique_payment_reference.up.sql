-- The provider repeats its callback when we answer late, and one card was booked twice.
-- Built beside the traffic, then adopted as a constraint in an instant.
CREATE UNIQUE INDEX CONCURRENTLY payments_provider_ref_key ON payments (provider_ref);

ALTER TABLE payments
    ADD CONSTRAINT payments_provider_ref_key UNIQUE USING INDEX payments_provider_ref_key;
