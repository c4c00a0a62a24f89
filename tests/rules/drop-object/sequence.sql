CREATE SEQUENCE invoice_numbers;
-- next migration
DROP SEQUENCE invoice_numbers;
