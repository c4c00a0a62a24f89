-- lockstep: no-transaction
DROP DATABASE shop;
-- not for a server: there is no such database
