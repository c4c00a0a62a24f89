DROP TABLE orders;
-- not for a server: it does not have the table
