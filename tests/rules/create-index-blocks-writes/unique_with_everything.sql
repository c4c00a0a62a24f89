-- server 15
CREATE TABLE orders (id bigint PRIMARY KEY, code text, total integer, gone boolean);
-- next migration
CREATE UNIQUE INDEX IF NOT EXISTS orders_code_idx ON public.orders
    USING btree (lower(code) text_pattern_ops DESC NULLS LAST, (total + 1))
    INCLUDE (id) NULLS NOT DISTINCT
    WITH (fillfactor = 70)
    WHERE NOT gone AND code <> 'on ice; ON (hold)';
