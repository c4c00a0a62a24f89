CREATE TABLE jobs (id bigint PRIMARY KEY);
CREATE TABLE versions (id bigint PRIMARY KEY, a bigint, b bigint);
CREATE INDEX ON versions (a);
CREATE INDEX ON versions (b);
-- next migration
-- Each rewrite gives them the names that the server gives them.
ALTER TABLE versions
    ADD FOREIGN KEY (a) REFERENCES jobs,
    ADD FOREIGN KEY (b) REFERENCES jobs,
    ADD CHECK (a > 0 AND b > 0),
    ADD CHECK (a < b);
