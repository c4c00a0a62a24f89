-- Search that knows that "Kannen" is "Kanne". Only the supplier's feed writes products, at night.
-- lockstep: allow create-index-blocks-writes: 900 products; only the nightly feed writes them
CREATE INDEX products_search_idx ON products
    USING gin (to_tsvector('german', name || ' ' || description));
