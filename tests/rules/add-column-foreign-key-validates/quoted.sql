CREATE TABLE "Länder" ("Kürzel" text PRIMARY KEY);
INSERT INTO "Länder" VALUES ('DE');
CREATE TABLE "Kunden" (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE "Kunden" ADD COLUMN "Land" text NOT NULL DEFAULT 'DE' REFERENCES "Länder" ("Kürzel");
