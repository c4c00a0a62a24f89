CREATE TABLE bookings (id bigint PRIMARY KEY, at tstzrange);
-- next migration
ALTER TABLE bookings ADD CONSTRAINT "nie zugleich" EXCLUDE USING gist (at WITH &&);
