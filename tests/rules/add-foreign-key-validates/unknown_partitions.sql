CREATE TABLE kinds (id bigint PRIMARY KEY);
CREATE TABLE events (at timestamptz NOT NULL, kind bigint) PARTITION BY RANGE (at);
CREATE INDEX ON events (kind);
-- next migration
ALTER TABLE events ADD FOREIGN KEY (kind) REFERENCES kinds;
-- next migration
ALTER TABLE events ADD UNIQUE (at, kind);
