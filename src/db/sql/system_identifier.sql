SELECT (pg_catalog.pg_control_system()).system_identifier
