3CREATE TABLE vehicle (id int, plate varchar(9));
CREATE TABLE lorry (axles int) INHERITS (vehicle);
INSERT INTO vehicle SELECT g, 'v' || g FROM generate_series(1, 300) g;
INSERT INTO lorry SELECT g, 'l' || g, 2 FROM generate_series(1, 300) g;
CREATE TYPE place AS (street varchar(20), number int);
--- run
ALTER TABLE vehicle ALTER plate TYPE char(9);
ALTER TYPE place ALTER ATTRIBUTE street TYPE text;
