-- rewrite is not complete: the server does not have the table
ALTER TABLE events DETACH PARTITION events_2020;
