SELECT 1;
-- next migration
CREATE FUNCTION helper() RETURNS integer LANGUAGE sql AS 'SELECT 1';
SELECT helper();
DROP FUNCTION helper();
CREATE TYPE mood_new AS ENUM ('calm');
DROP TYPE mood_new;
CREATE SEQUENCE numbers;
DROP SEQUENCE numbers;
