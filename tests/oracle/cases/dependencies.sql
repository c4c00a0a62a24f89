-- What depends on what: DROP with RESTRICT and CASCADE, and what stands in the way of a change.

--- schema museum
CREATE FUNCTION note_visit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE hall (id int PRIMARY KEY, name varchar(20), floor int);
CREATE TABLE exhibit (id int PRIMARY KEY, hall_id int REFERENCES hall, title varchar(20), note text);
CREATE TABLE visit (id int, day int, guest text) PARTITION BY RANGE (id);
CREATE TABLE visit_1 PARTITION OF visit FOR VALUES FROM (0) TO (400);
CREATE TABLE visit_2 PARTITION OF visit FOR VALUES FROM (400) TO (800);
INSERT INTO hall SELECT g, 'h' || g, g FROM generate_series(1, 300) g;
INSERT INTO exhibit SELECT g, g, 't' || g, 'n' FROM generate_series(1, 300) g;
INSERT INTO visit SELECT g, g, 'x' FROM generate_series(1, 600) g;

--- case attached to more tables: {text} on museum
--- setup
CREATE TRIGGER each_visit AFTER INSERT ON visit FOR EACH ROW EXECUTE FUNCTION note_visit();
CREATE TRIGGER all_visits AFTER INSERT ON visit FOR EACH STATEMENT EXECUTE FUNCTION note_visit();
CREATE TRIGGER on_hall BEFORE UPDATE ON hall FOR EACH ROW EXECUTE FUNCTION note_visit();
CREATE POLICY shown ON exhibit USING (floor(id) > 0);
CREATE INDEX hall_floor ON hall (floor);
CREATE MATERIALIZED VIEW floors AS SELECT floor FROM hall;
CREATE EXTENSION citext;
--- each text
---   CREATE TRIGGER t AFTER INSERT ON visit FOR EACH ROW EXECUTE FUNCTION note_visit()
---   CREATE TRIGGER t AFTER INSERT ON visit FOR EACH STATEMENT EXECUTE FUNCTION note_visit()
---   CREATE CONSTRAINT TRIGGER t AFTER INSERT ON visit FROM hall FOR EACH ROW EXECUTE FUNCTION note_visit()
---   DROP TRIGGER each_visit ON visit
---   DROP TRIGGER all_visits ON visit
---   DROP TRIGGER IF EXISTS nothing ON visit
---   ALTER TRIGGER each_visit ON visit RENAME TO other
---   ALTER TRIGGER all_visits ON visit RENAME TO other
---   ALTER TRIGGER on_hall ON hall DEPENDS ON EXTENSION citext
---   ALTER INDEX hall_floor DEPENDS ON EXTENSION citext
---   ALTER MATERIALIZED VIEW floors DEPENDS ON EXTENSION citext
---   ALTER TABLE visit DISABLE TRIGGER each_visit
---   ALTER TABLE visit DISABLE TRIGGER all_visits
---   ALTER TABLE visit DISABLE TRIGGER ALL
---   ALTER TABLE visit DISABLE TRIGGER USER
---   ALTER TABLE ONLY visit DISABLE TRIGGER each_visit
---   ALTER TABLE visit_1 DISABLE TRIGGER USER
---   CREATE RULE r AS ON INSERT TO hall WHERE NEW.floor > 3 DO ALSO INSERT INTO exhibit (id) SELECT id FROM visit
---   CREATE RULE r AS ON UPDATE TO hall DO ALSO (DELETE FROM exhibit WHERE hall_id = OLD.id; UPDATE visit SET day = 1)
---   CREATE POLICY p ON hall USING (id IN (SELECT hall_id FROM exhibit WHERE exhibit.id = hall.id))
---   ALTER POLICY shown ON exhibit USING (hall_id IN (SELECT id FROM hall))
---   DROP POLICY shown ON exhibit
---   DROP POLICY IF EXISTS nothing ON exhibit
---   DROP RULE IF EXISTS nothing ON exhibit
--- run
{text};
