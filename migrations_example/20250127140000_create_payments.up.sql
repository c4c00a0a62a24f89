-- Until now we wrote invoices by hand. The card provider calls us back with its own reference.
-- The index costs nothing here: the table is new and empty.
CREATE TABLE payments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES orders (id),
    provider_ref text NOT NULL,
    amount_cents bigint NOT NULL,
    paid_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX payments_order_id_idx ON payments (order_id);
