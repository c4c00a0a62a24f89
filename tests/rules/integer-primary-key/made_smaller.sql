CREATE TABLE orders (id bigserial PRIMARY KEY, note bigint);
CREATE TABLE small (id serial PRIMARY KEY);
CREATE TABLE keys (id bigint PRIMARY KEY);
-- next migration
-- lockstep: allow change-type-rewrites: a small table
-- lockstep: allow narrowing-type-change: a small table
ALTER TABLE orders ALTER COLUMN id TYPE integer;
-- next migration
-- Told where they were made, or none that counts.
ALTER TABLE small ALTER COLUMN id TYPE integer;
-- lockstep: allow change-type-rewrites: a small table
-- lockstep: allow narrowing-type-change: a small table
ALTER TABLE orders ALTER COLUMN note TYPE integer;
-- lockstep: allow change-type-rewrites: a small table
-- lockstep: allow narrowing-type-change: a small table
ALTER TABLE keys ALTER COLUMN id TYPE integer;
