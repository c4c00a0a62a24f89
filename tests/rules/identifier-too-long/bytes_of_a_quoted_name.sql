CREATE TABLE "ääääääääääääääääääääääääääääääää" (id bigint PRIMARY KEY);
