CREATE TEMP TABLE bookings (at tstzrange);
-- next migration
ALTER TABLE bookings ADD EXCLUDE USING gist (at WITH &&);
