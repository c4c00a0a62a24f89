-- server 15
CREATE TABLE customers (id bigint PRIMARY KEY, "E-Mail" text, country text);
-- next migration
ALTER TABLE customers ADD CONSTRAINT "Einmal je Land"
    UNIQUE NULLS NOT DISTINCT ("E-Mail", country) INCLUDE (id) WITH (fillfactor = 80)
    USING INDEX TABLESPACE pg_default DEFERRABLE INITIALLY DEFERRED;
