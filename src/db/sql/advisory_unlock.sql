-- Taken again for each migration, it has to be given back as often.
SELECT pg_catalog.pg_advisory_unlock_all()
