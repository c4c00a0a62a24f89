CREATE TABLE propre (id bigint);
ALTER TABEL commandes ADD COLUMN x int;
CREATE INDEX total_idx ON commandes (total);
CREATE
