CREATE TABLE prisma_orders (id bigint PRIMARY KEY, note text);
