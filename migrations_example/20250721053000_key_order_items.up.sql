-- The spreadsheet's leftovers are gone at last. The reporting replica needs a primary key and the
-- warehouse a product that exists. Announced maintenance window, 05:30 to 06:00.
ALTER TABLE order_items ADD CONSTRAINT order_items_pkey PRIMARY KEY (order_id, line_no);

ALTER TABLE order_items ADD CONSTRAINT order_items_product_id_fkey
    FOREIGN KEY (product_id) REFERENCES products (id);
