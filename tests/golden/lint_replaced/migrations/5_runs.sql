ALTER TABLE runs ADD UNIQUE (id), ADD CHECK (id <> ''), ADD CHECK (id <> ' ');
