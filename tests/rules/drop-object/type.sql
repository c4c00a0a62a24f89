CREATE TYPE mood AS ENUM ('calm', 'busy');
CREATE DOMAIN percent AS integer;
-- next migration
DROP TYPE mood;
DROP DOMAIN percent;
