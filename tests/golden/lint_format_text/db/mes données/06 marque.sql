CREATE INDEX bom_idx ON commandes (total);
