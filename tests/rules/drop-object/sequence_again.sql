CREATE SEQUENCE invoice_numbers;
-- next migration
DROP SEQUENCE invoice_numbers;
CREATE SEQUENCE invoice_numbers START WITH 1000;
