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

--- schema kept
CREATE TABLE book (id int PRIMARY KEY, title text UNIQUE, v int, pad text);
CREATE TABLE loan (id serial PRIMARY KEY, book_id int REFERENCES book, days int, pad text);
CREATE INDEX loan_book ON loan (book_id);
CREATE INDEX loan_long ON loan (days) WHERE days > 30;
CREATE TABLE note (a int, b text, pad text);
CREATE TABLE era (id int NOT NULL, k int NOT NULL, v text) PARTITION BY RANGE (k);
CREATE TABLE era_1 PARTITION OF era FOR VALUES FROM (0) TO (1000);
CREATE TABLE era_2 PARTITION OF era FOR VALUES FROM (1000) TO (2000);
CREATE TABLE era_rest PARTITION OF era DEFAULT;
CREATE INDEX era_id ON era (id);
CREATE VIEW titles AS SELECT id, title FROM book;
CREATE VIEW later AS SELECT id, title FROM titles WHERE id > 5;
CREATE VIEW lent AS SELECT b.id, l.days FROM book b JOIN loan l ON l.book_id = b.id;
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER instead INSTEAD OF INSERT OR UPDATE OR DELETE ON lent FOR EACH ROW EXECUTE FUNCTION keep();
CREATE MATERIALIZED VIEW shelf AS SELECT id, title FROM book;
CREATE UNIQUE INDEX shelf_id ON shelf (id);
CREATE SEQUENCE tickets;
CREATE TABLE visit (id int DEFAULT nextval('tickets'), v int);
CREATE TABLE pass (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v int);
INSERT INTO book SELECT g, 'b' || g, g, repeat('x', 100) FROM generate_series(1, 2000) g;
INSERT INTO loan (book_id, days, pad) SELECT g, g, repeat('x', 100) FROM generate_series(1, 2000) g;
INSERT INTO note SELECT g, 'l' || g, repeat('x', 100) FROM generate_series(1, 500) g;
INSERT INTO era SELECT g, g, 'x' FROM generate_series(1, 3000) g;
INSERT INTO visit (v) SELECT g FROM generate_series(1, 500) g;
INSERT INTO pass (v) SELECT g FROM generate_series(1, 500) g;
REFRESH MATERIALIZED VIEW shelf;

--- case query: {text} on kept
--- each text
---   SELECT * FROM book WHERE id IN (1, 2, 3)
---   SELECT * FROM book WHERE id BETWEEN 5 AND 50
---   SELECT * FROM book WHERE id + 0 = 5
---   SELECT * FROM book WHERE id = 5 OR id = 6
---   SELECT * FROM book WHERE id = 5.0
---   SELECT * FROM book LIMIT 5
---   SELECT * FROM book ORDER BY id LIMIT 5
---   SELECT * FROM book ORDER BY pad LIMIT 5
---   SELECT max(id) FROM book
---   SELECT max(v) FROM book
---   SELECT count(*) FROM book LIMIT 1
---   SELECT EXISTS (SELECT 1 FROM book)
---   SELECT * FROM note WHERE a IN (SELECT id FROM book)
---   SELECT * FROM note WHERE a IN (SELECT id FROM book WHERE id = 5)
---   SELECT * FROM note WHERE false
---   SELECT * FROM book b JOIN loan l ON l.book_id = b.id WHERE b.id = 5
---   SELECT * FROM book b JOIN loan l USING (id) WHERE l.id = 5
---   SELECT * FROM loan WHERE days = 40 AND days > 35
---   WITH x AS (SELECT * FROM book) SELECT * FROM x WHERE id = 5
---   WITH x AS MATERIALIZED (SELECT * FROM book) SELECT * FROM x WHERE id = 5
---   SELECT * FROM (SELECT * FROM book) x WHERE id = 5
---   SELECT * FROM book JOIN (VALUES (1), (2)) v(x) ON v.x = book.id
---   SELECT * FROM later WHERE id = 7
---   SELECT * FROM titles FOR UPDATE
---   SELECT * FROM book b, note n FOR UPDATE OF b
---   SELECT * FROM era WHERE k = 5
---   SELECT * FROM era WHERE k > 1500
---   SELECT * FROM era WHERE k BETWEEN 100 AND 200
---   SELECT * FROM era WHERE k IN (5, 1500) AND id = 5
---   UPDATE era SET v = 'y' WHERE k = 5
---   DELETE FROM era WHERE k >= 1000 AND k < 2000
---   DELETE FROM note WHERE a IN (SELECT a FROM note LIMIT 10)
---   INSERT INTO era VALUES (1, 5), (2, 1500)
---   INSERT INTO era SELECT 1, 5000
---   INSERT INTO titles VALUES (3000, 'x')
---   UPDATE later SET title = 'x' WHERE id = 9
---   INSERT INTO lent VALUES (1, 1)
---   UPDATE lent SET days = 1 WHERE id = 5
---   INSERT INTO loan (book_id) VALUES (1)
---   INSERT INTO loan VALUES (5000, NULL)
---   INSERT INTO loan VALUES (DEFAULT, 1)
---   INSERT INTO visit (v) VALUES (1)
---   INSERT INTO pass (v) VALUES (1)
---   INSERT INTO pass (id, v) OVERRIDING SYSTEM VALUE VALUES (5000, 1)
---   SELECT setval(pg_get_serial_sequence('loan', 'id'), (SELECT max(id) FROM loan))
---   SELECT setval('loan_id_seq', coalesce(max(id), 1)) FROM loan
---   EXPLAIN INSERT INTO book VALUES (3000)
---   EXPLAIN DELETE FROM era
---   PREPARE q AS SELECT * FROM later WHERE id = $1
---   PREPARE q AS UPDATE book SET v = 1; EXECUTE q
---   PREPARE q AS SELECT * FROM note; CREATE TABLE fresh AS EXECUTE q
---   DECLARE c CURSOR FOR SELECT * FROM note; FETCH c
---   DECLARE c CURSOR FOR SELECT * FROM note; FETCH ALL c
---   DECLARE c CURSOR FOR SELECT * FROM note; FETCH c; DELETE FROM note WHERE CURRENT OF c
---   LOCK TABLE later IN SHARE MODE
---   REFRESH MATERIALIZED VIEW CONCURRENTLY shelf
---   REFRESH MATERIALIZED VIEW shelf WITH NO DATA
---   CREATE VIEW fresh AS SELECT * FROM later
---   CREATE TABLE fresh AS SELECT * FROM era WHERE k = 5
--- run
{text};
