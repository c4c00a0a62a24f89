-- What goes and what stands in its way: several at once, parts of a whole, marks on indexes, functions of other kinds.

--- schema shop
CREATE FUNCTION note_sale() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION weigh(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE buyer (id int PRIMARY KEY, name text, mail text NOT NULL);
CREATE TABLE ticket (id int PRIMARY KEY, buyer_id int CONSTRAINT ticket_buyer REFERENCES buyer, note text);
CREATE UNIQUE INDEX buyer_mail ON buyer (mail);
CREATE TABLE invoice (id int, mail text CONSTRAINT invoice_mail REFERENCES buyer (mail), total int);
CREATE TABLE sale (day int NOT NULL, amount int, note varchar(20)) PARTITION BY RANGE (day);
CREATE TABLE sale_1 PARTITION OF sale FOR VALUES FROM (0) TO (400);
CREATE TABLE sale_2 PARTITION OF sale FOR VALUES FROM (400) TO (800);
CREATE INDEX sale_day ON sale (day);
CREATE TRIGGER each_sale BEFORE UPDATE ON sale FOR EACH ROW EXECUTE FUNCTION note_sale();
CREATE TABLE goods (id int, name text, weight int);
CREATE TABLE fruit (sort text) INHERITS (goods);
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER far FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE far_goods (id int, name text) SERVER far;
CREATE VIEW cheap AS SELECT id, name FROM goods;
INSERT INTO buyer SELECT g, 'n' || g, 'm' || g FROM generate_series(1, 300) g;
INSERT INTO ticket SELECT g, g, 'x' FROM generate_series(1, 300) g;
INSERT INTO invoice SELECT g, 'm' || g, g FROM generate_series(1, 300) g;
INSERT INTO sale SELECT g, g, 'x' FROM generate_series(1, 700) g;
INSERT INTO goods SELECT g, 'g', g FROM generate_series(1, 300) g;
INSERT INTO fruit SELECT g, 'f', g, 's' FROM generate_series(1, 300) g;

--- case taken away: {text} on shop
--- each text
---   DROP TABLE ticket, nothing_here
---   DROP TABLE IF EXISTS ticket, nothing_here
---   DROP TABLE ticket, cheap
---   DROP TABLE far_goods
---   DROP FOREIGN TABLE goods
---   DROP FOREIGN TABLE far_goods
---   DROP INDEX buyer_mail, nothing_here
---   DROP INDEX buyer_mail CASCADE
---   DROP INDEX sale_1_day_idx
---   DROP INDEX sale_day, sale_1_day_idx
---   DROP TRIGGER each_sale ON sale_1
---   ALTER TRIGGER each_sale ON sale_1 RENAME TO other
---   ALTER TABLE sale DROP COLUMN IF EXISTS nothing_here
---   ALTER TABLE goods DROP COLUMN IF EXISTS nothing_here
---   ALTER TABLE sale DROP CONSTRAINT IF EXISTS nothing_here
---   ALTER TABLE goods DROP CONSTRAINT IF EXISTS nothing_here
---   ALTER TABLE buyer DROP CONSTRAINT nothing_here
---   ALTER TABLE buyer DROP CONSTRAINT buyer_mail_not_null
---   ALTER TABLE buyer DROP CONSTRAINT buyer_id_not_null
---   ALTER TABLE buyer RENAME CONSTRAINT nothing_here TO other
---   ALTER TABLE goods RENAME COLUMN name TO sort
---   ALTER TABLE cheap DISABLE TRIGGER ALL
---   ALTER TABLE cheap ENABLE ROW LEVEL SECURITY
---   ALTER TABLE far_goods DISABLE TRIGGER ALL
---   ALTER TABLE far_goods ENABLE ROW LEVEL SECURITY
---   CREATE OR REPLACE FUNCTION weigh(int) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'
---   CREATE OR REPLACE FUNCTION weigh(text) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'
---   CREATE OR REPLACE PROCEDURE weigh(int) LANGUAGE sql AS 'SELECT 1'
---   DROP PROCEDURE weigh(int)
---   DROP AGGREGATE weigh(int)
---   DROP ROUTINE weigh(int)
---   CREATE AGGREGATE heap (int) (SFUNC = int4pl, STYPE = int); DROP FUNCTION heap(int)
---   CREATE AGGREGATE heap (int) (SFUNC = int4pl, STYPE = int); DROP AGGREGATE heap(int)
---   ALTER TABLE buyer REPLICA IDENTITY USING INDEX buyer_mail; ALTER TABLE buyer ALTER COLUMN mail DROP NOT NULL
---   ALTER TABLE goods ADD COLUMN more int GENERATED ALWAYS AS (weigh(weight)) STORED; DROP FUNCTION weigh(int)
--- run
{text};
