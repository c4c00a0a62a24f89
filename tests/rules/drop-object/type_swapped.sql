CREATE TYPE mood AS ENUM ('calm', 'busy');
-- next migration
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('calm');
DROP TYPE mood_old;
