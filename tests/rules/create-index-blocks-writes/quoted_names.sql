CREATE TABLE "Bestellungen für Tee" (id bigint PRIMARY KEY, "Größe ""XL""" text);
-- next migration
CREATE INDEX /* ON */ "Index ON Größe" ON "Bestellungen für Tee" ("Größe ""XL""");
