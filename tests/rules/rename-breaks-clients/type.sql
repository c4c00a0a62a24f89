CREATE TYPE mood AS ENUM ('calm', 'busy');
CREATE DOMAIN percent AS integer;
-- next migration
ALTER TYPE mood RENAME TO temper;
ALTER DOMAIN percent RENAME TO share;
-- next migration
ALTER TYPE temper RENAME TO temper_old;
CREATE TYPE temper AS ENUM ('calm');
