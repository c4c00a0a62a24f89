-- The partitions go with their parent, and what they remember with them.
DROP TRIGGER orders_record_status ON orders;
DROP FUNCTION record_order_status();
DROP TABLE order_events;
