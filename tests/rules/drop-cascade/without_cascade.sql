CREATE TYPE mood AS ENUM ('calm', 'busy');
CREATE TABLE shops (id bigint PRIMARY KEY, mood mood);
-- next migration
DROP TYPE IF EXISTS other;
