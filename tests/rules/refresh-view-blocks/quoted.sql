CREATE SCHEMA "Berichte";
CREATE TABLE orders (day date);
CREATE MATERIALIZED VIEW "Berichte"."Tage" AS SELECT DISTINCT day FROM orders;
CREATE UNIQUE INDEX ON "Berichte"."Tage" (day);
-- next migration
REFRESH MATERIALIZED VIEW "Berichte"."Tage";
