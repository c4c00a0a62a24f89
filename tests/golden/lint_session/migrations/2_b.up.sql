SET LOCAL search_path = app;
SET ROLE owner;
CREATE TABLE app.parcels (id bigint PRIMARY KEY);
RESET ROLE;
