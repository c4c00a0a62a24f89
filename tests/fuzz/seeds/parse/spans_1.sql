ALTER TABLE ONLY (t) ADD COLUMN "a,b" text DEFAULT 'x, y' /* , */ , -- c
  ALTER COLUMN c TYPE numeric(10,2) USING f(c, 1);
