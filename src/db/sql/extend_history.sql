-- From format 2: what is not an attempt to run a migration is told apart.
ALTER TABLE {schema}.history ADD COLUMN IF NOT EXISTS kind text NOT NULL DEFAULT 'run'
    CHECK (kind IN ('run', 'baseline', 'accept', 'forget', 'settle', 'mend'))
