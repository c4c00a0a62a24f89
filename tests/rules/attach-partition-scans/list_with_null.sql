CREATE TABLE tickets (state text, note text) PARTITION BY LIST (state);
CREATE TABLE tickets_open (state text, note text);
INSERT INTO tickets_open VALUES ('open', 'a');
-- next migration
ALTER TABLE tickets ATTACH PARTITION tickets_open FOR VALUES IN ('open', NULL);
