CREATE TABLE rooms (id bigint PRIMARY KEY);
-- next migration
CREATE TABLE bookings (id bigint PRIMARY KEY, at tstzrange, EXCLUDE USING gist (at WITH &&));
