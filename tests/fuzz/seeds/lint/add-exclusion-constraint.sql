2CREATE TABLE bookings (at tstzrange, CONSTRAINT once EXCLUDE USING gist (at WITH &&));
-- next migration
ALTER TABLE bookings DROP CONSTRAINT once;
