DROP INDEX account_email;
ALTER TABLE account DROP COLUMN email;
