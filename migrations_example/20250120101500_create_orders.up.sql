-- The checkout. The lines of an order come from the old spreadsheet shop, which still names
-- products that we no longer sell: no key and no reference to products until that is tidied up.
CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id),
    status text NOT NULL DEFAULT 'new',
    total_cents integer NOT NULL DEFAULT 0,
    contact_email text,
    placed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE order_items (
    order_id bigint NOT NULL REFERENCES orders (id),
    line_no smallint NOT NULL,
    product_id bigint NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    price_cents integer NOT NULL
);
