CREATE TABLE runs (id text PRIMARY KEY, project_id text, name text NOT NULL);
