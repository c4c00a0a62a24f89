CREATE TABLE orders (id bigint PRIMARY KEY, day date);
CREATE MATERIALIZED VIEW days AS SELECT day, count(*) AS orders FROM orders GROUP BY day;
-- next migration
CREATE UNIQUE INDEX days_day_idx ON days (day);
