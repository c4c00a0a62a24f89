1CREATE TABLE cow (id int PRIMARY KEY, name text, litres int);
CREATE TABLE field (k int NOT NULL, crop text) PARTITION BY LIST (k);
CREATE TABLE field_1 PARTITION OF field FOR VALUES IN (1);
CREATE TABLE field_2 PARTITION OF field FOR VALUES IN (2);
CREATE INDEX field_k ON field (k);
CREATE STATISTICS cow_stats ON name, litres FROM cow;
CREATE PUBLICATION milk FOR TABLE cow;
CREATE TABLE sheep (id int PRIMARY KEY);
CREATE TABLE goat (id int, wool int);
INSERT INTO cow SELECT g, 'c' || g, g FROM generate_series(1, 300) g;
INSERT INTO field SELECT 1 + g % 2, 'f' FROM generate_series(1, 600) g;
INSERT INTO sheep SELECT g FROM generate_series(1, 300) g;
INSERT INTO goat SELECT g, g FROM generate_series(1, 300) g;
CLUSTER cow USING cow_pkey;
--- run
CLUSTER cow;
