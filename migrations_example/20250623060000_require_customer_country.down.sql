-- The countries that customers have chosen since are lost.
ALTER TABLE customers DROP COLUMN country_code;
