ALTER TABLE account ADD COLUMN email text;
CREATE INDEX account_email ON account (email);
