1CREATE TABLE ticket (id int PRIMARY KEY, code varchar(12), place text, opened timestamp, price numeric(8,2));
INSERT INTO ticket SELECT g, 'c' || g, 'p' || g, now(), g FROM generate_series(1, 300) g;
CREATE INDEX ticket_opened ON ticket (opened);
ALTER TABLE ticket ALTER code SET DEFAULT 'none';
CREATE VIEW ticket_codes AS SELECT code FROM ticket;
ALTER TABLE ticket ADD CONSTRAINT code_set CHECK (code <> '');
--- run
ALTER TABLE ticket ALTER opened TYPE timestamptz;
ALTER TABLE ticket ALTER code TYPE text, ALTER price TYPE numeric(10,2);
ALTER TABLE ticket ALTER code TYPE text, ALTER price TYPE int;
ALTER TABLE ticket ALTER id TYPE bigint;
ALTER TABLE ticket ALTER code TYPE text;
ALTER TABLE ticket ALTER code TYPE text;
ALTER TABLE ticket DROP CONSTRAINT code_set, ALTER code TYPE text, ADD CONSTRAINT code_set CHECK (code <> '') NOT VALID;
