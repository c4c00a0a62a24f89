CREATE TYPE mood AS ENUM ('calm', 'busy');
-- next migration
ALTER TYPE mood RENAME VALUE 'calm' TO 'quiet';
-- next migration
CREATE TYPE tone AS ENUM ('a', 'b');
ALTER TYPE tone RENAME VALUE 'a' TO 'c';
