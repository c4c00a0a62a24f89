SET session_replication_role = replica;
INSERT INTO app.orders VALUES (1);
