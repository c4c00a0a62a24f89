-- Refuses while a name is longer than 40 characters: shorten those first.
ALTER TABLE products DROP COLUMN stock;

ALTER TABLE products ALTER COLUMN name TYPE varchar(40);
