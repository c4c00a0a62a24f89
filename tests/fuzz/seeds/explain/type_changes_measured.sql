2CREATE TABLE reading (day int NOT NULL, label varchar(9), level int) PARTITION BY RANGE (day);
CREATE TABLE reading_low PARTITION OF reading FOR VALUES FROM (1) TO (200);
CREATE TABLE reading_high PARTITION OF reading FOR VALUES FROM (200) TO (400);
CREATE TABLE reading_rest PARTITION OF reading DEFAULT;
INSERT INTO reading SELECT g, 'l' || g, g FROM generate_series(1, 600) g;
CREATE INDEX reading_label ON reading (label);
ALTER TABLE reading ADD CHECK (label <> '');
--- run
ALTER TABLE reading ALTER label TYPE varchar(19);
ALTER TABLE reading ALTER label TYPE varchar(19);
