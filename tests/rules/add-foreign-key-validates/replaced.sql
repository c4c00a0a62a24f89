CREATE TABLE jobs (id bigint PRIMARY KEY);
CREATE TABLE versions (id bigint PRIMARY KEY, job_id bigint REFERENCES jobs, other_id bigint);
CREATE INDEX ON versions (job_id);
CREATE INDEX ON versions (other_id);
-- next migration
-- The old key goes when the new one is there.
ALTER TABLE versions
    ADD COLUMN note text,
    DROP CONSTRAINT versions_job_id_fkey,
    ADD CONSTRAINT versions_job_id_fkey FOREIGN KEY (job_id) REFERENCES jobs ON DELETE CASCADE;
-- next migration
-- lockstep: allow drop-column: nobody reads it
ALTER TABLE versions
    ALTER COLUMN note SET DEFAULT '',
    DROP CONSTRAINT versions_job_id_fkey,
    DROP COLUMN job_id,
    ADD FOREIGN KEY (other_id) REFERENCES jobs;
