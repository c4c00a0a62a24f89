ALTER TABLE migration RENAME TO numbered_migration
