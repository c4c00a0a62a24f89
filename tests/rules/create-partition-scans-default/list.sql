CREATE TABLE tickets (state text, note text) PARTITION BY LIST (state);
CREATE TABLE tickets_other PARTITION OF tickets DEFAULT;
-- next migration
CREATE TABLE tickets_open PARTITION OF tickets FOR VALUES IN ('open');
