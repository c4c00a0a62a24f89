-- Tables made, dropped, emptied and locked as a whole.

--- schema club
CREATE SCHEMA annex;
CREATE TABLE member (id serial PRIMARY KEY, name text);
CREATE TABLE visit (id int PRIMARY KEY, member_id int REFERENCES member, day date);
CREATE VIEW regulars AS SELECT name FROM member;
CREATE VIEW some_regulars AS SELECT name FROM regulars;
CREATE TABLE ticket (n int NOT NULL) PARTITION BY RANGE (n);
CREATE TABLE ticket_1 PARTITION OF ticket FOR VALUES FROM (1) TO (100);
CREATE TABLE ticket_rest PARTITION OF ticket DEFAULT;
INSERT INTO member (name) SELECT 'm' || g FROM generate_series(1, 300) g;
INSERT INTO visit SELECT g, g, current_date FROM generate_series(1, 300) g;
INSERT INTO ticket SELECT g + 1000 FROM generate_series(1, 300) g;
INSERT INTO ticket SELECT g FROM generate_series(1, 99) g;

--- case make a table, {text} on club
--- each text
---   TABLE fresh (a int)
---   TABLE IF NOT EXISTS member (a int)
---   TABLE fresh (member_id int REFERENCES member)
---   TABLE fresh (member_id int REFERENCES member, visit_id int REFERENCES visit)
---   TABLE fresh (LIKE member)
---   TABLE fresh (LIKE member INCLUDING ALL)
---   TABLE fresh (extra int) INHERITS (member)
---   TABLE fresh PARTITION OF ticket FOR VALUES FROM (200) TO (300)
---   TABLE fresh AS SELECT * FROM member
---   TABLE fresh AS SELECT * FROM member WITH NO DATA
---   TABLE fresh AS SELECT * FROM some_regulars
---   TABLE fresh AS SELECT m.name FROM member m JOIN visit v ON v.member_id = m.id
---   TABLE IF NOT EXISTS member AS SELECT 1 AS a
---   TABLE annex.fresh (a int)
---   TEMPORARY TABLE fresh (a int)
---   UNLOGGED TABLE fresh (a int)
---   TABLE member (a int)
---   MATERIALIZED VIEW fresh AS SELECT * FROM member
---   MATERIALIZED VIEW fresh AS SELECT * FROM member WITH NO DATA
---   MATERIALIZED VIEW fresh AS SELECT * FROM regulars
---   VIEW fresh AS SELECT * FROM member
---   VIEW fresh AS SELECT * FROM some_regulars
---   OR REPLACE VIEW regulars AS SELECT name FROM member WHERE id > 0
---   SEQUENCE fresh
---   SEQUENCE fresh OWNED BY member.id
---   SEQUENCE IF NOT EXISTS member_id_seq
--- run
CREATE {text};

--- case select into on club
--- run
SELECT * INTO fresh FROM member;

--- case partition beside a default partition that excludes it on club
--- setup
ALTER TABLE ticket_rest ADD CHECK (n IS NOT NULL AND n >= 1000);
--- run
CREATE TABLE fresh PARTITION OF ticket FOR VALUES FROM (200) TO (300);

--- case drop {text} on club
--- each text
---   TABLE visit
---   TABLE member CASCADE
---   TABLE member
---   TABLE ticket
---   TABLE ticket_1
---   TABLE ticket_rest
---   TABLE IF EXISTS nowhere
---   TABLE visit, ticket
---   VIEW some_regulars
---   VIEW regulars CASCADE
---   VIEW regulars
---   VIEW IF EXISTS nowhere
---   SEQUENCE member_id_seq CASCADE
---   SCHEMA annex
---   SCHEMA public CASCADE
--- run
DROP {text};

--- case {text} on club
--- each text
---   TRUNCATE visit
---   TRUNCATE member
---   TRUNCATE member CASCADE
---   TRUNCATE member, visit
---   TRUNCATE visit RESTART IDENTITY
---   TRUNCATE member RESTART IDENTITY CASCADE
---   TRUNCATE ticket
---   TRUNCATE ticket_1
---   LOCK TABLE member
---   LOCK TABLE member IN ACCESS SHARE MODE
---   LOCK TABLE member IN ROW SHARE MODE
---   LOCK TABLE member IN ROW EXCLUSIVE MODE
---   LOCK TABLE member IN SHARE UPDATE EXCLUSIVE MODE
---   LOCK TABLE member IN SHARE MODE
---   LOCK TABLE member IN SHARE ROW EXCLUSIVE MODE
---   LOCK TABLE member IN EXCLUSIVE MODE NOWAIT
---   LOCK TABLE ticket IN SHARE MODE
---   LOCK TABLE ONLY ticket IN SHARE MODE
---   LOCK TABLE some_regulars IN SHARE MODE
---   LOCK TABLE member, visit IN EXCLUSIVE MODE
--- run
{text};

--- case drop a table with a materialized view on club
--- setup
CREATE MATERIALIZED VIEW names AS SELECT name FROM member;
CREATE INDEX names_name ON names (name);
--- run
DROP TABLE member CASCADE;

--- case drop a table that refers to a partitioned one
--- setup
CREATE TABLE lot (id int PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE lot_1 PARTITION OF lot FOR VALUES FROM (0) TO (400);
CREATE TABLE bid (lot_id int REFERENCES lot);
INSERT INTO lot SELECT g FROM generate_series(1, 300) g;
INSERT INTO bid SELECT g FROM generate_series(1, 300) g;
--- run
DROP TABLE bid;

--- case new partition of a table that others refer to
--- setup
CREATE TABLE lot (id int PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE lot_1 PARTITION OF lot FOR VALUES FROM (0) TO (400);
CREATE TABLE bid (lot_id int REFERENCES lot);
INSERT INTO lot SELECT g FROM generate_series(1, 300) g;
INSERT INTO bid SELECT g FROM generate_series(1, 300) g;
--- run
CREATE TABLE lot_2 PARTITION OF lot FOR VALUES FROM (400) TO (800);

--- case new table and a foreign key to it on club
--- run
CREATE TABLE pass (id int PRIMARY KEY);
ALTER TABLE visit ADD COLUMN pass_id int REFERENCES pass;

--- case a table made and filled in one transaction on club
--- run
CREATE TABLE copy_of (a int, b text);
INSERT INTO copy_of SELECT id, name FROM member;
CREATE INDEX ON copy_of (a);
ALTER TABLE copy_of ALTER a SET NOT NULL;
