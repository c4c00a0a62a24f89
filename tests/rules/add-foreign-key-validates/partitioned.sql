CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE events (at timestamptz NOT NULL, customer_id bigint) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
-- next migration
ALTER TABLE events ADD CONSTRAINT events_customer
    FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE;
