CREATE TABLE visits (id bigint PRIMARY KEY, at timestamptz NOT NULL);
CREATE TABLE orders (id bigint NOT NULL, shop integer NOT NULL, PRIMARY KEY (id));
CREATE TABLE shops (id bigint PRIMARY KEY, code text NOT NULL UNIQUE);
CREATE TABLE carts (id bigint PRIMARY KEY, CONSTRAINT positive CHECK (id > 0));
-- next migration
ALTER TABLE visits DROP CONSTRAINT visits_pkey;
-- next migration
ALTER TABLE orders DROP CONSTRAINT orders_pkey, ADD PRIMARY KEY (shop, id);
-- next migration
ALTER TABLE shops DROP CONSTRAINT shops_pkey;
-- next migration
ALTER TABLE carts DROP CONSTRAINT positive;
