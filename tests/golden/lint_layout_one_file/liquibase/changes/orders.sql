--liquibase formatted sql

--changeset ann:1
CREATE TABLE liquibase_orders (id bigint PRIMARY KEY, note text);
--rollback DROP TABLE liquibase_orders;

--changeset ann:2
CREATE INDEX liquibase_orders_note ON liquibase_orders (note);
--rollback DROP INDEX liquibase_orders_note;
