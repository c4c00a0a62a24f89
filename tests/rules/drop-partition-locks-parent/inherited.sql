CREATE TABLE base (id integer);
CREATE TABLE other () INHERITS (base);
-- next migration
DROP TABLE other;
