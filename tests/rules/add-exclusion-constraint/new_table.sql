CREATE TABLE bookings (id bigint PRIMARY KEY, at tstzrange);
ALTER TABLE bookings ADD EXCLUDE USING gist (at WITH &&);
