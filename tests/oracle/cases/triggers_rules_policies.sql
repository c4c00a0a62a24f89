-- Triggers, rules, policies.

--- schema office
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE desk (id int PRIMARY KEY, owner text);
CREATE TABLE chair (id int, desk_id int) PARTITION BY RANGE (id);
CREATE TABLE chair_1 PARTITION OF chair FOR VALUES FROM (0) TO (400);
CREATE VIEW desks AS SELECT * FROM desk;
CREATE TABLE seal (id int);
CREATE TRIGGER on_change BEFORE UPDATE ON desk FOR EACH ROW EXECUTE FUNCTION note_change();
CREATE TRIGGER on_chair AFTER INSERT ON chair FOR EACH ROW EXECUTE FUNCTION note_change();
CREATE RULE no_seal AS ON DELETE TO seal DO INSTEAD NOTHING;
CREATE POLICY own_desk ON desk USING (owner = current_user);
INSERT INTO desk SELECT g, 'o' FROM generate_series(1, 300) g;
INSERT INTO chair SELECT g, g FROM generate_series(1, 300) g;
INSERT INTO seal SELECT g FROM generate_series(1, 300) g;

--- case attached: {text} on office
--- each text
---   CREATE TRIGGER t AFTER INSERT ON desk FOR EACH STATEMENT EXECUTE FUNCTION note_change()
---   CREATE TRIGGER t BEFORE UPDATE OF owner ON desk FOR EACH ROW EXECUTE FUNCTION note_change()
---   CREATE OR REPLACE TRIGGER on_change BEFORE INSERT ON desk FOR EACH ROW EXECUTE FUNCTION note_change()
---   CREATE CONSTRAINT TRIGGER t AFTER INSERT ON desk DEFERRABLE FOR EACH ROW EXECUTE FUNCTION note_change()
---   CREATE CONSTRAINT TRIGGER t AFTER INSERT ON desk FROM seal FOR EACH ROW EXECUTE FUNCTION note_change()
---   CREATE TRIGGER t AFTER INSERT ON chair FOR EACH ROW EXECUTE FUNCTION note_change()
---   CREATE TRIGGER t INSTEAD OF INSERT ON desks FOR EACH ROW EXECUTE FUNCTION note_change()
---   DROP TRIGGER on_change ON desk
---   DROP TRIGGER on_chair ON chair
---   DROP TRIGGER IF EXISTS nothing ON desk
---   DROP FUNCTION note_change CASCADE
---   ALTER TRIGGER on_change ON desk RENAME TO changed
---   ALTER TRIGGER on_chair ON chair RENAME TO changed
---   ALTER TABLE desk DISABLE TRIGGER on_change
---   ALTER TABLE desk ENABLE ALWAYS TRIGGER on_change
---   ALTER TABLE desk ENABLE REPLICA TRIGGER on_change
---   ALTER TABLE chair DISABLE TRIGGER on_chair
---   ALTER TABLE seal DISABLE RULE no_seal
---   ALTER TABLE seal ENABLE ALWAYS RULE no_seal
---   CREATE RULE r AS ON INSERT TO seal DO ALSO NOTHING
---   CREATE RULE r AS ON INSERT TO seal DO INSTEAD INSERT INTO desk VALUES (NEW.id, 'o')
---   CREATE OR REPLACE RULE no_seal AS ON DELETE TO seal DO ALSO NOTHING
---   DROP RULE no_seal ON seal
---   DROP RULE IF EXISTS nothing ON seal
---   ALTER RULE no_seal ON seal RENAME TO other
---   CREATE POLICY p ON desk USING (true)
---   CREATE POLICY p ON desk USING (id IN (SELECT id FROM seal))
---   ALTER POLICY own_desk ON desk USING (true)
---   ALTER POLICY own_desk ON desk RENAME TO other
---   DROP POLICY own_desk ON desk
---   DROP POLICY IF EXISTS nothing ON desk
--- run
{text};
