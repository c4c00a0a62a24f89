CREATE TABLE codes (id bigint PRIMARY KEY, code text UNIQUE, label text, owner bigint);
CREATE INDEX ON codes (owner);
-- next migration
-- The rewrite of each builds the index of the other beside the traffic too.
ALTER TABLE codes
    DROP CONSTRAINT codes_code_key,
    ADD CONSTRAINT codes_code_key UNIQUE (code, owner),
    ADD FOREIGN KEY (owner) REFERENCES codes,
    ADD UNIQUE (label);
