INSERT INTO event (run, what) VALUES (?1, ?2)
