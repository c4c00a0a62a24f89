-- ALTER COLUMN TYPE: which pairs of types write the table anew, and what hangs on the column.

--- case type of a plain column, {from} to {to}
--- each from -> value -> to
---   int -> g -> bigint
---   int -> g -> smallint
---   int -> g -> text
---   int -> g -> numeric
---   int -> g -> oid
---   int -> g -> int
---   smallint -> 1 -> int
---   bigint -> g -> int
---   oid -> g::oid -> int
---   real -> g -> double precision
---   numeric -> g -> numeric(12,2)
---   numeric(10,2) -> g -> numeric
---   numeric(10,2) -> g -> numeric(14,2)
---   numeric(10,2) -> g -> numeric(14,4)
---   numeric(10,2) -> g -> numeric(8,2)
---   numeric(10,2) -> g -> money
---   varchar(12) -> 'v' || g -> varchar(24)
---   varchar(12) -> 'v' || g -> varchar(8)
---   varchar(12) -> 'v' || g -> varchar
---   varchar(12) -> 'v' || g -> text
---   varchar(12) -> 'v' || g -> char(12)
---   varchar(12) -> 'v' || g -> varchar(24) USING c
---   varchar(12) -> 'v' || g -> varchar(24) USING lower(c)
---   varchar(12) -> 'v' || g -> varchar(24) COLLATE "C"
---   text -> 'v' || g -> varchar
---   text -> 'v' || g -> varchar(24)
---   text -> 'v' || g -> char(12)
---   text -> 'v' || g -> text COLLATE "C"
---   text -> 'v' || g -> name
---   text -> 'v' || g -> bytea USING c::bytea
---   text -> g::text -> int USING c::int
---   char(12) -> 'v' || g -> text
---   char(12) -> 'v' || g -> varchar
---   char(12) -> 'v' || g -> bpchar
---   char(12) -> 'v' || g -> char(24)
---   timestamp -> now() -> timestamp(3)
---   timestamp(3) -> now() -> timestamp
---   timestamp(3) -> now() -> timestamp(6)
---   timestamp(3) -> now() -> timestamp(5)
---   timestamp -> now() -> date
---   timestamp -> now() -> timestamptz
---   timestamp -> now() -> timestamptz USING c AT TIME ZONE 'UTC'
---   timestamptz -> now() -> timestamp
---   timestamptz(2) -> now() -> timestamptz
---   time(2) -> '10:00'::time -> time
---   time -> '10:00'::time -> timetz
---   date -> now() -> timestamp
---   interval(2) -> '1 day'::interval -> interval
---   interval -> '1 day'::interval -> interval(2)
---   bit varying(8) -> '1010'::varbit -> bit varying(16)
---   bit varying(8) -> '1010'::varbit -> bit varying
---   boolean -> true -> int USING c::int
---   json -> '{}'::json -> jsonb
---   jsonb -> '{}'::jsonb -> json
---   json -> '{}'::json -> text
---   cidr -> '10.0.0.0/8'::cidr -> inet
---   inet -> '10.0.0.1'::inet -> cidr
---   xml -> '<a/>'::xml -> text
---   int[] -> ARRAY[g] -> bigint[]
---   varchar(12)[] -> ARRAY['v'] -> varchar(24)[]
---   varchar(12)[] -> ARRAY['v'] -> text[]
---   text[] -> ARRAY['v'] -> varchar[]
---   uuid -> gen_random_uuid() -> text
--- setup
CREATE TABLE sample (id int PRIMARY KEY, c {from});
INSERT INTO sample SELECT g, {value} FROM generate_series(1, 300) g;
--- run
ALTER TABLE sample ALTER COLUMN c TYPE {to};

--- case type between the timestamps under {zone}, {from} to {to}
--- each zone -> from -> to
---   UTC -> timestamp -> timestamptz
---   UTC -> timestamptz -> timestamp
---   UTC -> timestamp(3) -> timestamptz
---   Etc/UTC -> timestamp -> timestamptz
---   GMT -> timestamptz -> timestamp
---   Europe/London -> timestamp -> timestamptz
---   America/Lima -> timestamp -> timestamptz
--- setup
CREATE TABLE visit (id int PRIMARY KEY, c {from});
INSERT INTO visit SELECT g, now() FROM generate_series(1, 300) g;
--- session
SET TimeZone = '{zone}';
--- run
ALTER TABLE visit ALTER c TYPE {to};

--- schema ticket
CREATE TABLE ticket (id int PRIMARY KEY, code varchar(12), place text, opened timestamp, price numeric(8,2));
INSERT INTO ticket SELECT g, 'c' || g, 'p' || g, now(), g FROM generate_series(1, 300) g;

--- case type under UTC with an index on the timestamp on ticket
--- setup
CREATE INDEX ticket_opened ON ticket (opened);
--- session
SET TimeZone = 'UTC';
--- run
ALTER TABLE ticket ALTER opened TYPE timestamptz;

--- case type kept file, with index {index} on ticket
--- each index
---   ON ticket (code)
---   ON ticket (code DESC)
---   ON ticket (code varchar_pattern_ops)
---   ON ticket (code, place)
---   ON ticket (place) INCLUDE (code)
---   ON ticket (lower(code))
---   ON ticket (place) WHERE code > 'c'
---   ON ticket (place)
---   ON ticket USING hash (code)
---   ON ticket USING brin (code)
---   ON ticket (lower(place))
--- setup
CREATE INDEX ticket_some {index};
--- run
ALTER TABLE ticket ALTER code TYPE varchar(24);

--- case type rewritten, with index {index} on ticket
--- each index
---   ON ticket (code)
---   ON ticket (place)
---   ON ticket (lower(place))
--- setup
CREATE INDEX ticket_some {index};
--- run
ALTER TABLE ticket ALTER code TYPE char(20);

--- case type kept file, with constraint {constraint} on ticket
--- each constraint
---   CHECK (code <> '')
---   CHECK (length(place) > 0)
---   CHECK (code <> place)
---   CHECK (code <> '') NOT VALID
---   UNIQUE (code)
---   UNIQUE (code, place)
---   UNIQUE (place)
---   EXCLUDE (code WITH =)
--- setup
ALTER TABLE ticket ADD CONSTRAINT ticket_some {constraint};
--- run
ALTER TABLE ticket ALTER code TYPE text;

--- case type of two columns at once on ticket
--- run
ALTER TABLE ticket ALTER code TYPE text, ALTER price TYPE numeric(10,2);

--- case type of two columns, one of them dear on ticket
--- run
ALTER TABLE ticket ALTER code TYPE text, ALTER price TYPE int;

--- case type of the primary key on ticket
--- run
ALTER TABLE ticket ALTER id TYPE bigint;

--- case type with a default that goes along on ticket
--- setup
ALTER TABLE ticket ALTER code SET DEFAULT 'none';
--- run
ALTER TABLE ticket ALTER code TYPE text;

--- case type of a column that a view shows on ticket
--- setup
CREATE VIEW ticket_codes AS SELECT code FROM ticket;
--- run
ALTER TABLE ticket ALTER code TYPE text;

--- case type, dropping the check in the same statement on ticket
--- setup
ALTER TABLE ticket ADD CONSTRAINT code_set CHECK (code <> '');
--- run
ALTER TABLE ticket DROP CONSTRAINT code_set, ALTER code TYPE text, ADD CONSTRAINT code_set CHECK (code <> '') NOT VALID;

--- schema owner_and_pet
CREATE TABLE owner (id int PRIMARY KEY, badge varchar(9) UNIQUE);
CREATE TABLE pet (id int PRIMARY KEY, owner_id int REFERENCES owner, badge varchar(9) REFERENCES owner (badge), age int);
INSERT INTO owner SELECT g, 'b' || g FROM generate_series(1, 300) g;
INSERT INTO pet SELECT g, g, 'b' || g, 3 FROM generate_series(1, 300) g;

--- case type next to foreign keys, {table}.{column} to {type} on owner_and_pet
--- each table -> column -> type
---   pet -> owner_id -> bigint
---   owner -> id -> bigint
---   pet -> badge -> varchar(19)
---   owner -> badge -> varchar(19)
---   pet -> badge -> text
---   owner -> badge -> text
---   pet -> age -> bigint
--- run
ALTER TABLE {table} ALTER {column} TYPE {type};

--- schema kinds
CREATE DOMAIN plain_word AS varchar(12);
CREATE DOMAIN any_text AS text;
CREATE DOMAIN short_word AS text CHECK (length(VALUE) < 30);
CREATE DOMAIN set_word AS text NOT NULL;
CREATE TYPE mood AS ENUM ('calm', 'angry');
CREATE TABLE mix (id int PRIMARY KEY, a text, b varchar(12), d any_text, e short_word, m mood);
INSERT INTO mix SELECT g, 'calm', 'b', 'd', 'e', 'calm' FROM generate_series(1, 300) g;

--- case type with a domain or enum, {column} to {type} on kinds
--- each column -> type
---   a -> any_text
---   a -> short_word
---   a -> set_word
---   b -> plain_word
---   b -> any_text
---   d -> text
---   d -> varchar
---   e -> text
---   e -> any_text
---   m -> text
---   a -> mood USING a::mood
--- run
ALTER TABLE mix ALTER {column} TYPE {type};

--- schema measured
CREATE TABLE reading (day int NOT NULL, label varchar(9), level int) PARTITION BY RANGE (day);
CREATE TABLE reading_low PARTITION OF reading FOR VALUES FROM (1) TO (200);
CREATE TABLE reading_high PARTITION OF reading FOR VALUES FROM (200) TO (400);
CREATE TABLE reading_rest PARTITION OF reading DEFAULT;
INSERT INTO reading SELECT g, 'l' || g, g FROM generate_series(1, 600) g;

--- case type in a partitioned table, {column} to {type} on measured
--- each column -> type
---   label -> varchar(19)
---   label -> text
---   level -> bigint
---   day -> bigint
--- run
ALTER TABLE reading ALTER {column} TYPE {type};

--- case type in a partitioned table with an index on the column on measured
--- setup
CREATE INDEX reading_label ON reading (label);
--- run
ALTER TABLE reading ALTER label TYPE varchar(19);

--- case type in a partitioned table with a check on measured
--- setup
ALTER TABLE reading ADD CHECK (label <> '');
--- run
ALTER TABLE reading ALTER label TYPE varchar(19);

--- case type in a table with children
--- setup
CREATE TABLE vehicle (id int, plate varchar(9));
CREATE TABLE lorry (axles int) INHERITS (vehicle);
INSERT INTO vehicle SELECT g, 'v' || g FROM generate_series(1, 300) g;
INSERT INTO lorry SELECT g, 'l' || g, 2 FROM generate_series(1, 300) g;
--- run
ALTER TABLE vehicle ALTER plate TYPE char(9);

--- case type of an attribute of a composite type
--- setup
CREATE TYPE place AS (street varchar(20), number int);
--- run
ALTER TYPE place ALTER ATTRIBUTE street TYPE text;
