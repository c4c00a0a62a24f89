-- What it needs comes before it, and the table is never without a key.
ALTER TABLE runs
    ALTER COLUMN project_id SET NOT NULL,
    DROP CONSTRAINT runs_pkey,
    ADD CONSTRAINT runs_pkey PRIMARY KEY (id, project_id);
