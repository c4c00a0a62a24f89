CREATE TABLE base (id integer);
-- next migration
CREATE TABLE other () INHERITS (base);
