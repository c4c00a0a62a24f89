-- lockstep: allow-file refresh-view-blocks: the view is read once a day
-- lockstep: allow create-index-blocks-writes: 200 rows
CREATE INDEX countries_name_idx ON countries (name);

-- lockstep: allow create-index-blocks-writes (until 2020-01-01): until we have a second server
CREATE INDEX countries_code_idx ON countries (code);

-- lockstep: allow create-index-blocks-writes
CREATE INDEX countries_area_idx ON countries (area);

-- lockstep: allow create-index-block-writes: misspelled
CREATE INDEX countries_flag_idx ON countries (flag);

-- lockstep: allow create-index-blocks-writes: nothing to accept here
CREATE INDEX CONCURRENTLY countries_size_idx ON countries (size);

-- lockstep: lock-timeot 2s
SELECT 1; -- lockstep: allow vacuum-full: too late
