/* 🔑🔑 */ CREATE INDEX ON commandes ("clé"); ALTER TABLE commandes
    ALTER COLUMN "clé"
    SET NOT NULL;
-- lockstep: allow create-index-blocks-writes: 900 lignes, <petite> & calme @équipe
CREATE INDEX ON "a|b`<c>&@d" (id);
