4CREATE TABLE parent (id int PRIMARY KEY, a int DEFAULT 1, t text);
CREATE TABLE child (extra int) INHERITS (parent);
INSERT INTO parent SELECT g, g, 't' || g FROM generate_series(1, 300) g;
INSERT INTO child SELECT g, g, 't' || g, g FROM generate_series(301, 600) g;
CREATE TABLE other (id int NOT NULL, a int, t text);
INSERT INTO other SELECT g, g, 't' FROM generate_series(1, 300) g;
--- run
ALTER TABLE other INHERIT parent;
ALTER TABLE child NO INHERIT parent;
