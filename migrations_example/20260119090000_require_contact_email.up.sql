-- lockstep: no-transaction
-- Receipts go to the address given with the order. The checkout has always filled it in since
-- release 4.2; older orders get the customer's. One statement at a time: no lock outlives its own,
-- and the proof spares SET NOT NULL its reading.
UPDATE orders SET contact_email = customers.email
FROM customers
WHERE customers.id = orders.customer_id AND orders.contact_email IS NULL;

ALTER TABLE orders ADD CONSTRAINT orders_contact_email_present
    CHECK (contact_email IS NOT NULL) NOT VALID;

ALTER TABLE orders VALIDATE CONSTRAINT orders_contact_email_present;

ALTER TABLE orders ALTER COLUMN contact_email SET NOT NULL;

ALTER TABLE orders DROP CONSTRAINT orders_contact_email_present;
