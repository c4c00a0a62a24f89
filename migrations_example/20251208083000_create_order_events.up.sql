-- "Who cancelled my order?" A partition per year, so that old years can go in one piece, and a
-- default one, so that a forgotten new year does not stop the shop.
CREATE TABLE order_events (
    order_id bigint NOT NULL,
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    detail text NOT NULL
) PARTITION BY RANGE (occurred_at);

CREATE TABLE order_events_2026 PARTITION OF order_events
    FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2027-01-01 00:00+00');
CREATE TABLE order_events_default PARTITION OF order_events DEFAULT;
CREATE INDEX order_events_order_id_idx ON order_events (order_id);

CREATE FUNCTION record_order_status() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    INSERT INTO order_events (order_id, detail)
    VALUES (NEW.id, format('%s → %s; by %s', OLD.status, NEW.status, current_user));
    RETURN NULL;
END;
$body$;

CREATE TRIGGER orders_record_status AFTER UPDATE OF status ON orders
    FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION record_order_status();
