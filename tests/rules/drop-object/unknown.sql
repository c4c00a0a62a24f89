-- not for a server: it does not have what is dropped
DROP FUNCTION IF EXISTS gone(integer);
DROP FUNCTION old_total(integer);
DROP SEQUENCE IF EXISTS gone_seq;
