CREATE TABLE scratch (id bigint);
DROP TABLE scratch;
CREATE TEMPORARY TABLE kept (id bigint);
-- next migration
CREATE TEMP TABLE other (id bigint);
DROP TABLE other;
