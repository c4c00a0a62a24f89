-- What queries and data statements lock, read and reach.

--- schema keys
CREATE TABLE maker (id int PRIMARY KEY, code text UNIQUE, v int);
CREATE TABLE car (id int PRIMARY KEY, maker_id int REFERENCES maker, v int);
CREATE TABLE owner (id int PRIMARY KEY, v int);
CREATE TABLE dog (id int PRIMARY KEY, owner_id int REFERENCES owner ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE toy (id int PRIMARY KEY, dog_id int REFERENCES dog ON DELETE CASCADE);
CREATE INDEX ON toy (dog_id);
CREATE TABLE team (id int PRIMARY KEY, v int);
CREATE TABLE player (id int PRIMARY KEY, team_id int REFERENCES team ON DELETE SET NULL ON UPDATE SET NULL);
CREATE TABLE room (id int PRIMARY KEY, v int);
CREATE TABLE bed (id int PRIMARY KEY, room_id int REFERENCES room ON DELETE RESTRICT);
CREATE INDEX ON bed (room_id);
CREATE TABLE club (id int PRIMARY KEY, v int);
CREATE TABLE fan (id int PRIMARY KEY, club_id int REFERENCES club ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE guest (id int PRIMARY KEY, club_id int REFERENCES club DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE tree (id int PRIMARY KEY, up int REFERENCES tree ON DELETE CASCADE);
CREATE TABLE bus (id int, k int, maker_id int REFERENCES maker) PARTITION BY LIST (k);
CREATE TABLE bus_1 PARTITION OF bus FOR VALUES IN (1);
CREATE TABLE bus_2 PARTITION OF bus FOR VALUES IN (2);
INSERT INTO maker SELECT g, g, g FROM generate_series(1, 400) g;
INSERT INTO owner SELECT g, g FROM generate_series(1, 400) g;
INSERT INTO team SELECT g, g FROM generate_series(1, 400) g;
INSERT INTO room SELECT g, g FROM generate_series(1, 400) g;
INSERT INTO club SELECT g, g FROM generate_series(1, 400) g;
INSERT INTO car SELECT g, g, g FROM generate_series(1, 300) g;
INSERT INTO dog SELECT g, g FROM generate_series(1, 300) g;
INSERT INTO toy SELECT g, g FROM generate_series(1, 300) g;
INSERT INTO player SELECT g, g FROM generate_series(1, 300) g;
INSERT INTO bed SELECT g, g FROM generate_series(1, 300) g;
INSERT INTO fan SELECT g, g FROM generate_series(1, 300) g;
INSERT INTO guest SELECT g, g FROM generate_series(1, 300) g;
INSERT INTO tree SELECT g, 1 FROM generate_series(1, 300) g;
INSERT INTO bus SELECT g, 1 + g % 2, g FROM generate_series(1, 300) g;

--- case key: {text} on keys
--- each text
---   DELETE FROM maker WHERE id = 350
---   DELETE FROM owner WHERE id = 5
---   DELETE FROM owner
---   DELETE FROM team WHERE id = 5
---   DELETE FROM room WHERE id = 350
---   DELETE FROM club WHERE id = 350
---   DELETE FROM tree WHERE id = 5
---   UPDATE maker SET code = 'x' WHERE id = 5
---   UPDATE maker SET id = 1000 WHERE id = 350
---   UPDATE maker SET id = id WHERE id = 5
---   UPDATE owner SET id = 1000 WHERE id = 5
---   UPDATE team SET id = 1000 WHERE id = 5
---   UPDATE club SET id = 1000 WHERE id = 350
---   UPDATE car SET v = 1
---   UPDATE car SET maker_id = 2 WHERE id = 5
---   UPDATE car SET maker_id = maker_id
---   UPDATE guest SET club_id = 2 WHERE id = 5
---   INSERT INTO car VALUES (1000, 1, 1)
---   INSERT INTO guest VALUES (1000, 1)
---   INSERT INTO car SELECT 1000, 1
---   INSERT INTO tree VALUES (1000, 1)
--- run
{text};
