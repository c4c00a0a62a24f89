-- Links that carry a public id stop working.
ALTER TABLE orders DROP COLUMN public_id;
