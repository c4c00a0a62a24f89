TRUNCATE carts;
-- not for a server: it does not have the table
