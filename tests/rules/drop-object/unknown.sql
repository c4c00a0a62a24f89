DROP FUNCTION IF EXISTS gone(integer);
DROP FUNCTION old_total(integer);
DROP SEQUENCE IF EXISTS gone_seq;
