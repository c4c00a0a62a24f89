CREATE TABLE runs (id text PRIMARY KEY, project_id text, name text NOT NULL);
-- next migration
-- What it needs comes before it, and the table is never without a key.
ALTER TABLE runs
    ALTER COLUMN project_id SET NOT NULL,
    DROP CONSTRAINT runs_pkey,
    ADD CONSTRAINT runs_pkey PRIMARY KEY (id, project_id);
-- next migration
ALTER TABLE runs DROP CONSTRAINT runs_pkey, ADD COLUMN run bigint, ADD PRIMARY KEY (name);
