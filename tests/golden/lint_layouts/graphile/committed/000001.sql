--! Previous: -
--! Hash: sha1:1

CREATE TABLE graphile_orders (id bigint PRIMARY KEY, note text);
