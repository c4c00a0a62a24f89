CREATE TABLE commandes (id bigint PRIMARY KEY, "clé" text, total integer);
CREATE TABLE "a|b`<c>&@d" (id bigint PRIMARY KEY);
