-- A little of everything that a catalog holds. What follows a line `--- from N` needs that version.
CREATE SCHEMA store;
CREATE SCHEMA "Odd Names";
CREATE EXTENSION IF NOT EXISTS plpgsql;

CREATE TYPE store.state AS ENUM ('new', 'it''s paid', 'sent');
CREATE TYPE store.place AS (street text, number integer);
CREATE TYPE store.span AS RANGE (subtype = integer);
CREATE DOMAIN store.email AS varchar(200) COLLATE "C" NOT NULL CHECK (VALUE LIKE '%@%');
CREATE DOMAIN store.amount AS numeric(12, 2) DEFAULT 0 CONSTRAINT not_negative CHECK (VALUE >= 0);
ALTER DOMAIN store.amount ADD CONSTRAINT small CHECK (VALUE < 1000000) NOT VALID;
CREATE DOMAIN store.plain AS text;
CREATE COLLATION store.by_byte (provider = libc, locale = 'C');

CREATE FUNCTION store.stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed := now();
    RETURN NEW;
END;
$$;
CREATE FUNCTION store.twice(x integer) RETURNS integer LANGUAGE sql IMMUTABLE
    AS $body$ SELECT x * 2 $body$;
CREATE FUNCTION store.any_number() RETURNS double precision LANGUAGE sql VOLATILE
    AS 'SELECT random()';
CREATE PROCEDURE store.tidy() LANGUAGE plpgsql AS 'BEGIN NULL; END';
CREATE AGGREGATE store.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');

CREATE SEQUENCE store.ticket START 100;
CREATE TABLE store.customer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mail store.email,
    name varchar(40) NOT NULL,
    code char(5),
    balance store.amount,
    state store.state DEFAULT 'new',
    home store.place,
    doubled integer GENERATED ALWAYS AS (length(name) * 2) STORED,
    sorted text COLLATE store.by_byte,
    tags text[] DEFAULT '{}',
    born timestamp,
    changed timestamptz DEFAULT now(),
    many numeric(8, 3),
    note store.plain,
    CONSTRAINT code_is_upper CHECK (code = upper(code)),
    CONSTRAINT customer_mail_key UNIQUE (mail) DEFERRABLE INITIALLY DEFERRED
) WITH (fillfactor = 70);
ALTER TABLE store.customer ADD CONSTRAINT name_is_set CHECK (name IS NOT NULL) NOT VALID;
CREATE INDEX customer_name ON store.customer (lower(name) text_pattern_ops, id DESC NULLS LAST)
    INCLUDE (code) WHERE state <> 'sent';
CREATE UNIQUE INDEX customer_code ON store.customer (code);
CREATE INDEX customer_tags ON store.customer USING gin (tags);
ALTER TABLE store.customer CLUSTER ON customer_code;
CREATE STATISTICS store.customer_stats ON name, code FROM store.customer;

CREATE TABLE store.orders (
    id serial PRIMARY KEY,
    customer bigint NOT NULL REFERENCES store.customer ON DELETE CASCADE,
    ticket bigint DEFAULT nextval('store.ticket'),
    weight double precision DEFAULT store.any_number(),
    placed date,
    during tstzrange,
    changed timestamptz,
    EXCLUDE USING gist (during WITH &&)
);
ALTER SEQUENCE store.ticket OWNED BY store.orders.ticket;
ALTER TABLE store.orders REPLICA IDENTITY FULL;
ALTER TABLE store.orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE store.orders FORCE ROW LEVEL SECURITY;
CREATE POLICY own_orders ON store.orders AS RESTRICTIVE FOR SELECT TO PUBLIC USING (customer > 0);
CREATE POLICY new_orders ON store.orders FOR INSERT WITH CHECK (placed IS NOT NULL);
CREATE TRIGGER stamp BEFORE UPDATE OF placed ON store.orders FOR EACH ROW
    WHEN (OLD.placed IS DISTINCT FROM NEW.placed) EXECUTE FUNCTION store.stamp();
ALTER TABLE store.orders DISABLE TRIGGER stamp;
ALTER TABLE store.customer ADD COLUMN last_order integer,
    ADD CONSTRAINT last_order_is FOREIGN KEY (last_order) REFERENCES store.orders NOT VALID;

CREATE TABLE store.line (
    orders integer REFERENCES store.orders,
    position integer,
    what text NOT NULL,
    PRIMARY KEY (orders, position)
);
ALTER TABLE store.line ADD CONSTRAINT what_is_short CHECK (length(what) < 100);
CREATE RULE no_delete AS ON DELETE TO store.line DO INSTEAD NOTHING;

CREATE TABLE "Odd Names"."select" ("from" integer, "a ""b""" text, "ünï" text NOT NULL);
CREATE INDEX "order by" ON "Odd Names"."select" ("from", "a ""b""");

CREATE TABLE store.event (
    id bigint NOT NULL,
    day date NOT NULL,
    kind text CHECK (kind <> ''),
    customer bigint REFERENCES store.customer,
    changed timestamptz
) PARTITION BY RANGE (day);
CREATE TABLE store.event_2025 PARTITION OF store.event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE store.event_2026 PARTITION OF store.event FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
    PARTITION BY LIST (kind);
CREATE TABLE store.event_2026_sale PARTITION OF store.event_2026 FOR VALUES IN ('sale', 'return');
CREATE TABLE store.event_rest PARTITION OF store.event DEFAULT;
ALTER TABLE store.event ADD PRIMARY KEY (id, day, kind);
CREATE INDEX event_day ON store.event (day);
CREATE INDEX event_kind ON ONLY store.event (kind);
CREATE INDEX only_here ON store.event_2025 (customer);
CREATE TRIGGER stamp BEFORE INSERT ON store.event FOR EACH ROW EXECUTE FUNCTION store.stamp();
CREATE TABLE store.event_old (LIKE store.event INCLUDING DEFAULTS);

CREATE TABLE store.thing (id integer NOT NULL, name text, CHECK (id > 0), CHECK (name <> '') NO INHERIT);
CREATE TABLE store.tool (sharp boolean DEFAULT true) INHERITS (store.thing);
CREATE TABLE store.owned (owner text);
CREATE TABLE store.hammer (head text NOT NULL) INHERITS (store.tool, store.owned);
CREATE TABLE store.spot OF store.place (PRIMARY KEY (number));
CREATE UNLOGGED TABLE store.cache (key text PRIMARY KEY, value bytea);
CREATE TABLE store.bare ();

CREATE VIEW store.open_order AS
    SELECT o.id, o.placed, c.name FROM store.orders o JOIN store.customer c ON c.id = o.customer;
CREATE VIEW store.open_name WITH (security_barrier = true) AS
    SELECT DISTINCT name AS "The Name" FROM store.open_order;
CREATE MATERIALIZED VIEW store.per_day AS
    SELECT placed, count(*) AS number FROM store.orders GROUP BY placed;
CREATE UNIQUE INDEX per_day_placed ON store.per_day (placed);
CREATE MATERIALIZED VIEW store.empty_one AS SELECT "The Name" FROM store.open_name WITH NO DATA;
CREATE TABLE plain_copy AS SELECT id, name FROM store.customer;
ALTER TABLE plain_copy REPLICA IDENTITY NOTHING;

CREATE PUBLICATION everything FOR ALL TABLES;
CREATE PUBLICATION selected FOR TABLE store.customer, ONLY store.line;
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE store.remote (id integer NOT NULL, name text) SERVER nowhere;

--- from 15
CREATE UNIQUE INDEX customer_many ON store.customer (many) NULLS NOT DISTINCT;
CREATE PUBLICATION of_schema FOR TABLES IN SCHEMA store;
CREATE VIEW store.as_invoker WITH (security_invoker = true) AS SELECT id FROM store.line, store.thing;

--- from 18
ALTER TABLE store.customer ADD COLUMN shout text GENERATED ALWAYS AS (upper(name)) VIRTUAL;
ALTER TABLE store.customer ADD CONSTRAINT born_is_set NOT NULL born NOT VALID;
ALTER TABLE store.line ADD COLUMN maker bigint;
ALTER TABLE store.line ADD CONSTRAINT maker_is FOREIGN KEY (maker) REFERENCES store.customer NOT ENFORCED;
ALTER TABLE store.line ADD CONSTRAINT what_is_low CHECK (what = lower(what)) NOT ENFORCED;
