-- A column that comes back in another shape goes first.
ALTER TABLE runs
    DROP CONSTRAINT runs_pkey,
    DROP COLUMN name,
    ADD COLUMN name bigint NOT NULL,
    ADD CONSTRAINT runs_pkey PRIMARY KEY (name);
