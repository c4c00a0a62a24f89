CREATE TABLE "Bestellungen" (id bigint PRIMARY KEY, "Menge" text NOT NULL DEFAULT '0', note text);
INSERT INTO "Bestellungen" VALUES (1, '2,5'), (2, '10');
CREATE INDEX "Mengen" ON "Bestellungen" ("Menge" DESC, id) INCLUDE (note);
-- next migration
-- meanwhile: INSERT INTO "Bestellungen" (id, note) SELECT max(id) + 1, 'meanwhile' FROM "Bestellungen"
ALTER TABLE "Bestellungen"
    ALTER COLUMN "Menge" DROP DEFAULT,
    ALTER COLUMN "Menge" TYPE numeric(10, 2) USING replace("Bestellungen"."Menge", ',', '.')::numeric,
    ALTER COLUMN "Menge" SET DEFAULT 0;
