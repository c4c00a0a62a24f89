-- Tabs, wide characters, long lines, many lines.
ALTER TABLE t	ADD CONSTRAINT "価格は正"	CHECK (price > 0);
ALTER TABLE a_table_with_a_rather_long_name ADD COLUMN first_column_of_many text, ALTER COLUMN payload_of_the_row SET NOT NULL, ADD COLUMN last_column_of_many text;
CREATE INDEX
    i
    ON t
    (a,
    b);
