CREATE TABLE t (a int, b integer, c bigint, d smallint, e real, f double precision, g float(20));
CREATE TABLE t (a numeric(10,2), b decimal, c varchar(20), d char(3), e char, f character varying);
CREATE TABLE t (a timestamp with time zone, b timestamp(3), c timestamptz, d time, e interval(3), f interval day to hour);
CREATE TABLE t (a int[], b text[3][2], c int ARRAY, d bit(3), e bit varying(4), f boolean, g json);
CREATE TABLE t (a geometry(Point,4326), b app.money, c db.app.money, d "MyType");
