-- lockstep: no-transaction
DROP DATABASE shop;
