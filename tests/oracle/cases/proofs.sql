-- What constraints prove, so that a table is not read: bounds of partitions that are attached and of the default
-- partition beside them, over columns and levels and by type, and NOT NULL.

--- schema refs
CREATE TABLE shop (id int PRIMARY KEY);
INSERT INTO shop SELECT g FROM generate_series(1, 300) g;
CREATE TABLE sale (a int REFERENCES shop) PARTITION BY RANGE (a);
CREATE TABLE plain (a int) PARTITION BY RANGE (a);
CREATE TABLE n (a int);
INSERT INTO n SELECT g FROM generate_series(1, 300) g;

--- case proof beside a reference:  {check} to {table} {bound} on refs
--- each check -> table -> bound
---   CHECK (a > 0) -> sale -> DEFAULT
---   CHECK (a > 0) -> plain -> DEFAULT
---   CHECK (a IS NOT NULL AND a >= 0 AND a < 1000) -> sale -> FOR VALUES FROM (0) TO (1000)
---   CHECK (a IS NOT NULL AND a >= 0 AND a < 1000) -> plain -> FOR VALUES FROM (0) TO (1000)
---   CHECK (a IS NOT NULL AND a >= 0 AND a < 1000), ADD FOREIGN KEY (a) REFERENCES shop -> sale -> FOR VALUES FROM (0) TO (1000)
---   CHECK (a IS NOT NULL AND a >= 0 AND a < 1000), ADD FOREIGN KEY (a) REFERENCES shop NOT VALID -> sale -> FOR VALUES FROM (0) TO (1000)
--- setup
ALTER TABLE n ADD {check};
--- run
ALTER TABLE {table} ATTACH PARTITION n {bound};

--- schema deep
CREATE TABLE top (k int, m int) PARTITION BY RANGE (k);
CREATE TABLE top_a PARTITION OF top FOR VALUES FROM (0) TO (100);
CREATE TABLE other (k int, m int) PARTITION BY LIST (m);
CREATE TABLE other_1 PARTITION OF other FOR VALUES IN (1);
CREATE TABLE other_2 PARTITION OF other FOR VALUES IN (2) PARTITION BY RANGE (k);
CREATE TABLE other_2a PARTITION OF other_2 DEFAULT;
CREATE TABLE fresh (k int, m int);
INSERT INTO other SELECT 1000 + g, 1 + g % 2 FROM generate_series(1, 90) g;
INSERT INTO fresh SELECT 100 + g, 1 FROM generate_series(1, 90) g;

--- case default with partitions: {check} on {on}: {run} on deep
--- each check -> on -> run
---   CHECK (k > 0) -> other -> CREATE TABLE top_b PARTITION OF top FOR VALUES FROM (100) TO (200)
---   CHECK (k >= 200) -> other -> CREATE TABLE top_b PARTITION OF top FOR VALUES FROM (100) TO (200)
---   CHECK (k >= 200) -> other_1 -> CREATE TABLE top_b PARTITION OF top FOR VALUES FROM (100) TO (200)
---   CHECK (k >= 200) -> other_2 -> CREATE TABLE top_b PARTITION OF top FOR VALUES FROM (100) TO (200)
---   CHECK (k >= 200) -> other_2a -> CREATE TABLE top_b PARTITION OF top FOR VALUES FROM (100) TO (200)
---   CHECK (k > 0) -> other -> ALTER TABLE top ATTACH PARTITION fresh FOR VALUES FROM (100) TO (200)
---   CHECK (k >= 200) -> other -> ALTER TABLE top ATTACH PARTITION fresh FOR VALUES FROM (100) TO (200)
---   CHECK (k >= 200) -> other_1 -> ALTER TABLE top ATTACH PARTITION fresh FOR VALUES FROM (100) TO (200)
---   CHECK (k >= 200) -> other_2 -> ALTER TABLE top ATTACH PARTITION fresh FOR VALUES FROM (100) TO (200)
---   CHECK (k >= 200) -> other_2a -> ALTER TABLE top ATTACH PARTITION fresh FOR VALUES FROM (100) TO (200)
--- setup
ALTER TABLE {on} ADD {check};
ALTER TABLE top ATTACH PARTITION other DEFAULT;
--- run
{run};

--- case attach default: {check} on {on} on deep
--- each check -> on
---   CHECK (k > 0) -> other
---   CHECK (k >= 100) -> other
---   CHECK (k >= 100 OR k < 0) -> other
---   CHECK (k >= 200) -> other_1
---   CHECK (k >= 200) -> other_2
--- setup
ALTER TABLE {on} ADD {check};
--- run
ALTER TABLE top ATTACH PARTITION other DEFAULT;

--- schema under
CREATE TABLE a (k int, m int) PARTITION BY LIST (m);
CREATE TABLE a1 PARTITION OF a FOR VALUES IN (1, 2) PARTITION BY RANGE (k);
CREATE TABLE ad PARTITION OF a DEFAULT PARTITION BY RANGE (k);
CREATE TABLE a1_low PARTITION OF a1 FOR VALUES FROM (0) TO (100);
CREATE TABLE a1_rest PARTITION OF a1 DEFAULT;
CREATE TABLE x (k int, m int);
INSERT INTO a1_rest SELECT 1000 + g, 1 FROM generate_series(1, 90) g;
INSERT INTO x SELECT 100 + g, 1 FROM generate_series(1, 90) g;
CREATE TABLE y (k int, m int);
INSERT INTO y SELECT 100 + g, 7 FROM generate_series(1, 90) g;

--- case attach below {parent}: {table} {check} on under
--- each parent -> table -> check
---   a1 -> x -> CHECK (k IS NOT NULL AND k >= 100 AND k < 300)
---   a1 -> x -> CHECK (k IS NOT NULL AND k >= 100 AND k < 300 AND m IS NOT NULL AND m = 1)
---   a1 -> x -> CHECK (k IS NOT NULL AND k >= 100 AND k < 300 AND m = 1)
---   ad -> y -> CHECK (k IS NOT NULL AND k >= 100 AND k < 300)
---   ad -> y -> CHECK (k IS NOT NULL AND k >= 100 AND k < 300 AND m > 2)
---   ad -> y -> CHECK (k IS NOT NULL AND k >= 100 AND k < 300 AND m > 1)
---   ad -> y -> CHECK (k IS NOT NULL AND k >= 100 AND k < 300 AND m NOT IN (1, 2))
---   ad -> y -> CHECK (k IS NOT NULL AND k >= 100 AND k < 300 AND m <> 1 AND m <> 2)
---   ad -> y -> CHECK (k IS NOT NULL AND k >= 100 AND k < 300 AND m <> 1)
---   ad -> y -> CHECK (k IS NOT NULL AND k >= 100 AND k < 300 AND NOT (m IS NOT NULL AND m IN (1, 2)))
--- setup
ALTER TABLE {table} ADD {check};
--- run
ALTER TABLE {parent} ATTACH PARTITION {table} FOR VALUES FROM (100) TO (300);

--- schema multi
CREATE TABLE r3 (a int, b int, c int) PARTITION BY RANGE (a, b, c);
CREATE TABLE l1 (a int NOT NULL, b int NOT NULL, c int NOT NULL);
INSERT INTO l1 SELECT 1, 2, g FROM generate_series(1, 8) g;

--- case attach over columns {bound}: {check} on multi
--- each bound -> check
---   FROM (1, 2, 0) TO (1, 2, 9) -> CHECK (a = 1 AND b = 2 AND c >= 0 AND c < 9)
---   FROM (1, 2, 0) TO (1, 2, 9) -> CHECK (a = 1 AND b = 2 AND c >= 0)
---   FROM (1, 2, 0) TO (1, 2, MAXVALUE) -> CHECK (a = 1 AND b = 2 AND c >= 0)
---   FROM (1, 2, MINVALUE) TO (1, 3, MINVALUE) -> CHECK (a = 1 AND b = 2)
---   FROM (1, MINVALUE, MINVALUE) TO (2, MINVALUE, MINVALUE) -> CHECK (a = 1)
---   FROM (1, MINVALUE, MINVALUE) TO (1, MAXVALUE, MAXVALUE) -> CHECK (a = 1)
---   FROM (1, MINVALUE, MINVALUE) TO (2, MINVALUE, MINVALUE) -> CHECK (a >= 1 AND a < 2)
---   FROM (1, 2, 0) TO (2, 2, 0) -> CHECK (a = 1 AND b = 2 AND c > 0)
---   FROM (1, 2, 0) TO (2, 2, 0) -> CHECK (a = 1 AND b >= 2 AND c >= 0)
---   FROM (1, 2, 0) TO (2, 2, 0) -> CHECK (a < 2 AND (a > 1 OR (a = 1 AND b > 2) OR (a = 1 AND b = 2 AND c >= 0)))
---   FROM (1, 2, 0) TO (2, 2, 0) -> CHECK (a = 1 AND (b > 2 OR (b = 2 AND c >= 0)))
---   FROM (0, 0, 0) TO (MAXVALUE, MAXVALUE, MAXVALUE) -> CHECK (a > 0)
---   FROM (0, 0, 0) TO (MAXVALUE, MAXVALUE, MAXVALUE) -> CHECK (a >= 1)
---   FROM (MINVALUE, MINVALUE, MINVALUE) TO (MAXVALUE, MAXVALUE, MAXVALUE) -> CHECK (a > 0)
--- setup
ALTER TABLE l1 ADD CONSTRAINT q {check};
--- run
ALTER TABLE r3 ATTACH PARTITION l1 FOR VALUES {bound};

--- schema renamed
CREATE TABLE up (id int, old_name int) PARTITION BY RANGE (old_name);
CREATE TABLE down (old_name int CHECK (old_name >= 0 AND old_name < 500), id int, CHECK (old_name IS NOT NULL));
INSERT INTO down SELECT g, g FROM generate_series(1, 90) g;

--- case attach after {setup} on renamed
--- each setup
---   ALTER TABLE up RENAME old_name TO k; ALTER TABLE down RENAME old_name TO k
---   ALTER TABLE down DROP CONSTRAINT down_old_name_check
---   ALTER TABLE down ALTER old_name TYPE bigint; ALTER TABLE up RENAME TO ups; CREATE TABLE up (id int, old_name bigint) PARTITION BY RANGE (old_name)
---   ALTER TABLE down DROP COLUMN id; ALTER TABLE down ADD id int
---   ALTER TABLE down ALTER old_name SET NOT NULL; ALTER TABLE down DROP CONSTRAINT down_old_name_check1; ALTER TABLE down RENAME CONSTRAINT down_old_name_check TO other
---   ALTER TABLE down RENAME TO elsewhere; ALTER TABLE elsewhere RENAME TO down
--- setup
{setup};
--- run
ALTER TABLE up ATTACH PARTITION down FOR VALUES FROM (0) TO (1000);
--- schema jars
CREATE TYPE pair AS (a int, b int);
CREATE TYPE mood AS ENUM ('bad', 'fair', 'good');
CREATE DOMAIN age AS int CHECK (VALUE > 0);
CREATE TABLE jar (id int, k int, big bigint, small smallint, n numeric, f float8, g real, t text, v varchar(20), c char(4), b boolean, d date, ts timestamp, tz timestamptz, tm time, i interval, m mood, a age, p pair, arr int[], ip inet, by bytea, u uuid);
INSERT INTO jar SELECT g, 5, 5, 5, 5, 5, 5, 'b', 'b', 'b', true, DATE '2024-01-05', TIMESTAMP '2024-01-05 10:00', TIMESTAMPTZ '2024-01-05 10:00+00', '10:00'::time, '1 day'::interval, 'fair'::mood, 5, ROW(1,2)::pair, '{1}'::int[], '10.0.0.5'::inet, 'b'::bytea, '10000000-0000-0000-0000-000000000000'::uuid FROM generate_series(1, 90) g;

--- case proof of a bound by type: {how} {bound}: {check} on jars
--- each how -> bound -> check
---   RANGE (small) -> FROM (1) TO (9) -> CHECK (small IS NOT NULL AND small >= 1 AND small < 9)
---   RANGE (small) -> FROM (1) TO (9) -> CHECK (small IS NOT NULL AND small >= 1::int AND small < 9::bigint)
---   RANGE (small) -> FROM (1) TO (9) -> CHECK (small IS NOT NULL AND small::int >= 1 AND small < 9)
---   RANGE (big) -> FROM (1) TO (10000000000) -> CHECK (big IS NOT NULL AND big >= 1 AND big < 10000000000)
---   RANGE (big) -> FROM ('1') TO ('9') -> CHECK (big IS NOT NULL AND big >= '2' AND big < 8)
---   RANGE (f) -> FROM (1) TO (9) -> CHECK (f IS NOT NULL AND f >= 1 AND f < 9)
---   RANGE (f) -> FROM (1) TO (9) -> CHECK (f IS NOT NULL AND f >= 1.5 AND f < 8.5)
---   RANGE (f) -> FROM (1) TO (9) -> CHECK (f IS NOT NULL AND f >= 1::real AND f < 9::real)
---   RANGE (f) -> FROM (1) TO (9) -> CHECK (f IS NOT NULL AND f::int >= 1 AND f < 9)
---   RANGE (g) -> FROM (1) TO (9) -> CHECK (g IS NOT NULL AND g >= 1 AND g < 9)
---   RANGE (g) -> FROM (1.1) TO (9) -> CHECK (g IS NOT NULL AND g >= 1.1 AND g < 8.5)
---   RANGE (g) -> FROM (1) TO (9) -> CHECK (g IS NOT NULL AND g >= '1' AND g < '9')
---   RANGE (n) -> FROM ('1') TO ('9') -> CHECK (n IS NOT NULL AND n >= 1::int AND n < 9::bigint)
---   RANGE (n) -> FROM (1) TO (9) -> CHECK (n IS NOT NULL AND n >= 1::float8 AND n < 9)
---   RANGE (k) -> FROM (1) TO (9) -> CHECK (k IS NOT NULL AND k >= 1::numeric AND k < 9)
---   RANGE (k) -> FROM (1) TO (9) -> CHECK (k IS NOT NULL AND k >= 1::smallint AND k < 9::smallint)
---   RANGE (k) -> FROM (1) TO (9) -> CHECK (k IS NOT NULL AND k >= 1::float8 AND k < 9)
---   RANGE (k) -> FROM (1) TO (9) -> CHECK (k IS NOT NULL AND k > '1'::int AND k < 9)
---   RANGE (k) -> FROM (1) TO (9) -> CHECK (k IS NOT NULL AND k::int >= 1 AND k < 9)
---   RANGE (k) -> FROM (1) TO (9) -> CHECK (k IS NOT NULL AND +k >= 1 AND k < 9)
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK (k IS NOT NULL AND k >= -5 AND k < 9)
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK (k IS NOT NULL AND k IN (1, 5, 7))
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK (k IS NOT NULL AND k IN (1, 5, 9))
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK (k IS NOT NULL AND k IN (5))
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK (k IS NOT NULL AND k <= ALL (ARRAY[5, 7]) AND k > 0)
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK (k IS NOT NULL AND k = ANY ('{1,5,7}'::int[]))
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK (k IS NOT NULL AND k = ANY (ARRAY[1,5]::int[]))
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK (k IS NOT NULL AND k = ANY (ARRAY[1::int,5]))
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK (k IS NOT NULL AND NOT k NOT BETWEEN 1 AND 5)
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK (k IS NOT NULL AND NOT (k < 1 OR k > 5))
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK (CASE WHEN k > 0 THEN k < 9 ELSE false END AND k IS NOT NULL)
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK ((k > 0 AND k < 5 AND k IS NOT NULL) OR (k = 5 AND k IS NOT NULL))
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK ((k IS NOT NULL AND k > 0 AND k < 5) OR (k IS NOT NULL AND k > 0 AND k = 5))
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK ((k > 0 AND k < 9) IS TRUE AND k IS NOT NULL)
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK ((k > 0) = (k < 9) AND k IS NOT NULL)
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK (k IS NOT NULL AND k = 5 AND id <> 0 OR false)
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK (k IS NOT NULL AND k = 5 OR id < 0)
---   RANGE (k) -> FROM (-5) TO (9) -> CHECK (true AND k IS NOT NULL AND k = 5)
---   LIST (k) -> IN (5) -> CHECK (k IS NOT NULL AND k = 5)
---   LIST (k) -> IN (5) -> CHECK (k IS NOT NULL AND k >= 5 AND k <= 5)
---   LIST (k) -> IN (NULL, 5) -> CHECK (k = 5)
---   LIST (k) -> IN (5, 6) -> CHECK (k IS NOT NULL AND k IN (5, 6, 6))
---   LIST (k) -> IN (5, 6) -> CHECK (k IS NOT NULL AND (k = 5 OR (k = 6 AND id > 4)))
---   LIST (k) -> IN (5, 6) -> CHECK (k IS NOT NULL AND (k IN (5) OR k = ANY ('{6}')))
---   LIST (k) -> IN (5, 6) -> CHECK (k IS NOT NULL AND (k IN (5, 6) OR k = 6))
---   LIST (b) -> IN (true) -> CHECK (b IS NOT NULL AND b)
---   LIST (b) -> IN (true) -> CHECK (b IS NOT NULL AND b = true)
---   LIST (b) -> IN (true) -> CHECK (b IS NOT NULL AND b IS TRUE)
---   LIST (b) -> IN (true) -> CHECK (b IS NOT NULL AND b <> false)
---   LIST (b) -> IN (true, false) -> CHECK (b IS NOT NULL AND b)
---   LIST (b) -> IN (true, false) -> CHECK (b IS NOT NULL)
---   LIST (t) -> IN ('b', 'B') -> CHECK (t IS NOT NULL AND t = 'B' OR t IS NOT NULL AND t = 'b')
---   LIST (t) -> IN ('b', 'Ä x') -> CHECK (t IS NOT NULL AND t IN ('b', 'Ä x'))
---   LIST (t) -> IN ('b', 'c') -> CHECK (t IS NOT NULL AND t = ANY (ARRAY['b'::varchar, 'c'::varchar]))
---   LIST (t) -> IN ('b', 'c') -> CHECK (t IS NOT NULL AND t COLLATE "C" = 'b')
---   LIST (t COLLATE "C") -> IN ('b', 'c') -> CHECK (t IS NOT NULL AND t = 'b')
---   LIST (v) -> IN ('b', 'c') -> CHECK (v IS NOT NULL AND v = 'b')
---   LIST (v) -> IN ('b', 'c') -> CHECK (v IS NOT NULL AND v::varchar = 'b')
---   LIST (v) -> IN ('b', 'c') -> CHECK (v IS NOT NULL AND v::varchar(20) = 'b')
---   LIST (v) -> IN ('b', 'c') -> CHECK (v IS NOT NULL AND v::varchar(5) = 'b')
---   LIST (v) -> IN ('b', 'c') -> CHECK (v::text IS NOT NULL AND v = 'b')
---   LIST (t) -> IN ('b', 'c') -> CHECK (t::text IS NOT NULL AND t = 'b')
---   LIST (c) -> IN ('b', 'c') -> CHECK (c IS NOT NULL AND c = 'b')
---   LIST (c) -> IN ('b', 'c') -> CHECK (c IS NOT NULL AND c::text = 'b')
---   LIST (m) -> IN ('fair', 'good') -> CHECK (m IS NOT NULL AND m = 'fair')
---   LIST (m) -> IN ('fair', 'good') -> CHECK (m IS NOT NULL AND m IN ('fair', 'good'))
---   RANGE (m) -> FROM ('fair') TO (MAXVALUE) -> CHECK (m IS NOT NULL AND m >= 'fair')
---   RANGE (a) -> FROM (1) TO (9) -> CHECK (a IS NOT NULL AND a >= 1 AND a < 9)
---   RANGE (a) -> FROM (1) TO (9) -> CHECK (a IS NOT NULL AND a::int >= 1 AND a < 9)
---   RANGE (tm) -> FROM ('09:00') TO ('11:00') -> CHECK (tm IS NOT NULL AND tm >= '09:00' AND tm < '11:00')
---   RANGE (i) -> FROM ('1 hour') TO ('2 days') -> CHECK (i IS NOT NULL AND i >= '1 hour' AND i < '2 days')
---   RANGE (ip) -> FROM ('10.0.0.0') TO ('10.0.1.0') -> CHECK (ip IS NOT NULL AND ip >= '10.0.0.0' AND ip < '10.0.1.0')
---   RANGE (d) -> FROM ('2024-01-01') TO ('2024-02-01') -> CHECK (d IS NOT NULL AND d > '2024-01-01 00:00:00'::timestamp AND d <= '2024-01-31 12:00'::timestamp)
---   RANGE (d) -> FROM ('2024-01-01') TO ('2024-02-01') -> CHECK (d IS NOT NULL AND d >= '2024-01-01'::timestamptz AND d < '2024-02-01')
---   RANGE (d) -> FROM ('2024-01-01') TO ('2024-02-01') -> CHECK (d IS NOT NULL AND d >= '2024-01-01'::text::date AND d < '2024-02-01')
---   RANGE (ts) -> FROM ('2024-01-01') TO ('2024-02-01') -> CHECK (ts IS NOT NULL AND ts >= '2024-01-01' AND ts < '2024-01-31 23:59:59.999')
---   RANGE (ts) -> FROM ('2024-01-01') TO ('2024-02-01') -> CHECK (ts IS NOT NULL AND ts::date >= '2024-01-01' AND ts < '2024-01-31')
---   RANGE (tz) -> FROM ('2024-01-01') TO ('2024-02-01') -> CHECK (tz IS NOT NULL AND tz >= DATE '2024-01-01' AND tz < DATE '2024-02-01')
---   RANGE (tz) -> FROM ('2024-01-01') TO ('2024-02-01') -> CHECK (tz IS NOT NULL AND tz >= '2024-01-01'::timestamp AND tz < '2024-02-01'::timestamp)
---   RANGE (tz) -> FROM ('2024-01-01 00:00+00') TO ('2024-02-01 00:00+00') -> CHECK (tz IS NOT NULL AND tz >= '2024-01-01 01:00+01' AND tz < '2024-02-01Z')
---   LIST (arr) -> IN ('{1}') -> CHECK (arr IS NOT NULL AND arr = '{1}')
---   LIST (arr) -> IN ('{1}', '{2}') -> CHECK (arr IS NOT NULL AND arr = '{1}')
---   RANGE (u) -> FROM (MINVALUE) TO ('F0000000-0000-0000-0000-000000000000') -> CHECK (u IS NOT NULL AND u < 'f0000000-0000-0000-0000-000000000000')
--- setup
CREATE TABLE pt (LIKE jar) PARTITION BY {how};
ALTER TABLE jar ADD CONSTRAINT q {check};
--- run
ALTER TABLE pt ATTACH PARTITION jar FOR VALUES {bound};

--- case proof of not null: {column} {check} on jars
--- each column -> check
---   p -> CHECK (p IS NOT NULL)
---   p -> CHECK (NOT (p IS NULL))
---   a -> CHECK (a IS NOT NULL)
---   arr -> CHECK (arr IS NOT NULL)
---   v -> CHECK (v::text IS NOT NULL)
---   v -> CHECK (v::varchar IS NOT NULL)
---   t -> CHECK (t COLLATE "C" IS NOT NULL)
---   k -> CHECK ((k IS NOT NULL) <> false)
---   k -> CHECK ((k IS NULL) = false)
---   k -> CHECK (false = (k IS NULL))
---   k -> CHECK (NOT ((k IS NOT NULL) = false))
---   k -> CHECK ((k IS NOT NULL AND id > 3) OR (k IS NOT NULL AND id < 7))
---   k -> CHECK ((k IS NOT NULL AND id > 3) OR k IS NOT NULL)
---   k -> CHECK ((k IS NOT NULL OR id > 3) AND k IS NOT NULL)
---   k -> CHECK ((k IS NOT NULL OR id > 3) AND (k IS NOT NULL OR id < 7))
---   k -> CHECK (ROW(k, id) IS NOT NULL)
---   k -> CHECK (NOT (ROW(k, id) IS NULL))
---   k -> CHECK (ROW(k) IS NOT NULL AND id > 0)
---   k -> CHECK (ROW(k, 1) IS NOT NULL)
---   k -> CHECK ((k, id) IS NOT NULL)
---   k -> CHECK (jar.k IS NOT NULL)
---   k -> CHECK (jar IS NOT NULL)
---   k -> CHECK (coalesce(k IS NOT NULL, false))
---   k -> CHECK (k IS NOT NULL IS TRUE)
---   k -> CHECK (k IS NOT NULL AND false OR k IS NOT NULL)
---   k -> CHECK (k IS NOT NULL OR NULL)
---   k -> CHECK (k IS NOT NULL AND NULL::bool)
---   k -> CHECK (k IS DISTINCT FROM NULL::int)
--- setup
ALTER TABLE jar ADD CONSTRAINT q {check};
--- run
ALTER TABLE jar ALTER {column} SET NOT NULL;
