CREATE TABLE t (id bigint PRIMARY KEY, a timestamptz, b timestamp with time zone, c date, d time);
