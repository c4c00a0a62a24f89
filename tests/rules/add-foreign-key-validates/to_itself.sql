CREATE TABLE staff (id bigint PRIMARY KEY, boss_id bigint);
-- next migration
ALTER TABLE staff ADD CONSTRAINT boss FOREIGN KEY (boss_id) REFERENCES staff (id);
