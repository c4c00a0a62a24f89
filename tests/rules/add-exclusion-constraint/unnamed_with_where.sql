CREATE TABLE bookings (id bigint PRIMARY KEY, at tstzrange, gone boolean);
-- next migration
ALTER TABLE bookings ADD EXCLUDE USING gist (at WITH &&) WHERE (NOT gone);
