CREATE TABLE "Sehr lange Tabelle für die Bestellungen der Kundschaft" ("Spalte mit Umlauten: äöü" text);
-- next migration
ALTER TABLE "Sehr lange Tabelle für die Bestellungen der Kundschaft"
    ALTER COLUMN "Spalte mit Umlauten: äöü" SET NOT NULL;
