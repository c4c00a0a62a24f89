CREATE TABLE events (id integer NOT NULL, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- next migration
-- lockstep: allow detach-partition-blocks: nobody reads it at night
ALTER TABLE events DETACH PARTITION events_2020;
