2CREATE TABLE shape (id int);
CREATE TABLE circle (radius int) INHERITS (shape);
INSERT INTO shape SELECT g FROM generate_series(1, 300) g;
INSERT INTO circle SELECT g, g FROM generate_series(1, 300) g;
--- run
ALTER TABLE shape ADD CHECK (id > 0);
