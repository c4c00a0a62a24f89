-- The columns stay NOT NULL: they were so before the key.
ALTER TABLE order_items DROP CONSTRAINT order_items_product_id_fkey;

ALTER TABLE order_items DROP CONSTRAINT order_items_pkey;
