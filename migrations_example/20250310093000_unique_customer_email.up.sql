-- Two accounts with one address: the password reset went to the wrong one. Support merged the
-- eleven duplicates by hand, and we closed the door at once, on 600 customers.
ALTER TABLE customers ADD CONSTRAINT customers_email_key UNIQUE (email);
