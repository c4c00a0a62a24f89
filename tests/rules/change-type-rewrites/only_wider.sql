CREATE TABLE orders (a varchar(10), b varchar(10), c numeric(8, 2), d timestamp(3), e cidr, f text);
-- next migration
ALTER TABLE orders
    ALTER COLUMN a TYPE varchar(20),
    ALTER COLUMN b TYPE text,
    ALTER COLUMN c TYPE numeric(10, 2),
    ALTER COLUMN d TYPE timestamp,
    ALTER COLUMN e SET DATA TYPE inet,
    ALTER f TYPE varchar;
