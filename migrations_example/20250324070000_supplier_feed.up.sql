-- The supplier's nightly feed brings stock levels, and names such as
-- „Gyokuro Kōun Überraschungsbox mit Schale und Löffel“ that do not fit into 40 characters.
ALTER TABLE products ALTER COLUMN name TYPE varchar(200);

ALTER TABLE products ADD COLUMN stock integer NOT NULL DEFAULT 0;
