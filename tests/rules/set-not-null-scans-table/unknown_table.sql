-- rewrite is not complete: the table is not made here
ALTER TABLE elsewhere ALTER COLUMN note SET NOT NULL;
