CREATE TYPE mood AS ENUM ('calm');
CREATE DOMAIN name AS text;
CREATE TYPE point3 AS (x integer, y integer, z integer);
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders ADD COLUMN a mood;
ALTER TABLE orders ADD COLUMN b name;
ALTER TABLE orders ADD COLUMN c point3;
ALTER TABLE orders ADD COLUMN d serial4;
ALTER TABLE orders ADD COLUMN e int4range;
