CREATE INDEX prisma_orders_note ON prisma_orders (note);
