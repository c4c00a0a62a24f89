CREATE TABLE "Bestellungen" (id bigint PRIMARY KEY, "Menge" text NOT NULL DEFAULT '0', note text);
CREATE INDEX "Mengen" ON "Bestellungen" ("Menge" DESC, id) INCLUDE (note);
-- next migration
ALTER TABLE "Bestellungen"
    ALTER COLUMN "Menge" DROP DEFAULT,
    ALTER COLUMN "Menge" TYPE numeric(10, 2) USING replace("Bestellungen"."Menge", ',', '.')::numeric,
    ALTER COLUMN "Menge" SET DEFAULT 0;
