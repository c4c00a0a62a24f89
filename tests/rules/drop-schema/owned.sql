CREATE TABLE orders (id bigint PRIMARY KEY);
ALTER TABLE orders OWNER TO intern;
-- next migration
DROP OWNED BY intern CASCADE;
-- not for a server: there is no such role
