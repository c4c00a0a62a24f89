-- lockstep: allow create-index-blocks-writes: nobody writes to it yet
CREATE INDEX drafts_title_idx ON drafts (title);
ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0);
