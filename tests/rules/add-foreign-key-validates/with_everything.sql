CREATE SCHEMA app;
CREATE TABLE app.customers (country text, no integer, PRIMARY KEY (country, no));
CREATE TABLE orders (id bigint PRIMARY KEY, country text, customer_no integer);
-- next migration
ALTER TABLE public.orders ADD CONSTRAINT orders_customer
    FOREIGN KEY (country, customer_no) REFERENCES app.customers (country, no)
    MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
