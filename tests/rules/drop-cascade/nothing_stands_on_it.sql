CREATE TYPE mood AS ENUM ('calm', 'busy');
-- next migration
DROP TYPE mood CASCADE;
