-- rewrite is not complete: the server does not have the table
DROP INDEX orders_note_idx;
