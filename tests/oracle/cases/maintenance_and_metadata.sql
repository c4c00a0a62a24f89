-- VACUUM and its like; comments, privileges, statistics, publications.

--- schema farm
CREATE TABLE cow (id int PRIMARY KEY, name text, litres int);
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

--- case maintenance outside: {text} on farm
--- each text
---   VACUUM cow
---   VACUUM (ANALYZE) cow
---   VACUUM (FREEZE) cow
---   VACUUM FULL cow
---   VACUUM FULL goat
---   VACUUM field
---   VACUUM FULL field
---   VACUUM cow, sheep
---   VACUUM (FULL false) cow
---   ANALYZE cow
---   ANALYZE field
---   CLUSTER cow USING cow_pkey
---   CLUSTER field USING field_k
--- run outside
{text};

--- case maintenance: {text} on farm
--- each text
---   VACUUM cow
---   VACUUM FULL cow
---   ANALYZE cow
---   ANALYZE cow (name)
---   ANALYZE field
---   CLUSTER cow USING cow_pkey
---   COMMENT ON TABLE cow IS 'x'
---   COMMENT ON COLUMN cow.name IS 'x'
---   COMMENT ON COLUMN cow.name IS NULL
---   COMMENT ON CONSTRAINT cow_pkey ON cow IS 'x'
---   COMMENT ON STATISTICS cow_stats IS 'x'
---   COMMENT ON TABLE field IS 'x'
---   COMMENT ON SCHEMA public IS 'x'
---   GRANT SELECT ON cow TO oracle_reader
---   GRANT SELECT (name) ON cow TO oracle_reader
---   GRANT SELECT ON cow, sheep TO PUBLIC
---   REVOKE ALL ON cow FROM oracle_reader
---   GRANT USAGE ON SCHEMA public TO oracle_reader
---   GRANT SELECT ON ALL TABLES IN SCHEMA public TO oracle_reader
---   ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO oracle_reader
---   CREATE STATISTICS more_stats ON id, name FROM cow
---   CREATE STATISTICS IF NOT EXISTS cow_stats ON id, name FROM cow
---   ALTER STATISTICS cow_stats SET STATISTICS 100
---   ALTER STATISTICS cow_stats RENAME TO other_stats
---   DROP STATISTICS cow_stats
---   CREATE PUBLICATION wool FOR TABLE sheep
---   CREATE PUBLICATION everything FOR ALL TABLES
---   CREATE PUBLICATION yard FOR TABLE cow, field
---   CREATE PUBLICATION by_schema FOR TABLES IN SCHEMA public
---   ALTER PUBLICATION milk ADD TABLE sheep
---   ALTER PUBLICATION milk DROP TABLE cow
---   ALTER PUBLICATION milk SET TABLE sheep
---   ALTER PUBLICATION milk SET (publish = 'insert')
---   DROP PUBLICATION milk
---   REASSIGN OWNED BY oracle_reader TO postgres
---   CREATE ROLE farmer
---   SET lock_timeout = '1s'
---   SET LOCAL search_path = public
---   RESET ALL
---   SAVEPOINT a
---   NOTIFY barn
---   DISCARD PLANS
---   CHECKPOINT
---   CREATE DATABASE other
--- run
{text};

--- case clustered table, clustered again on farm
--- setup
CLUSTER cow USING cow_pkey;
--- run
CLUSTER cow;
