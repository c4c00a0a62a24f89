-- server 18
CREATE TABLE base (id bigint, CONSTRAINT n NOT NULL id NO INHERIT);
CREATE TABLE other () INHERITS (base);
-- next migration
ALTER TABLE base ALTER CONSTRAINT n INHERIT;
