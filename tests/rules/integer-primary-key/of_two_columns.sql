CREATE TABLE t (id serial, shop bigint, PRIMARY KEY (shop, id));
