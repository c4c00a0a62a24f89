CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, payer_id bigint, note text);
-- next migration
ALTER TABLE orders
    ADD FOREIGN KEY (customer_id) REFERENCES customers,
    ADD CONSTRAINT payer FOREIGN KEY (payer_id) REFERENCES customers ON DELETE SET NULL,
    ADD CHECK (note <> '');
