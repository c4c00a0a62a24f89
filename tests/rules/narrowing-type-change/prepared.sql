CREATE TABLE tokens (id bigint PRIMARY KEY, request varchar(255), "clientId" text, n bigint,
    code text, kind text);
-- next migration
-- What would not fit is gone, or mended.
DELETE FROM tokens WHERE LENGTH(request) > 40;
UPDATE tokens SET "clientId" = left("clientId", 20) WHERE length("clientId") > 20;
-- lockstep: allow change-type-rewrites: a small table
ALTER TABLE tokens ALTER COLUMN request TYPE varchar(40);
-- lockstep: allow change-type-rewrites: a small table
ALTER TABLE tokens ALTER COLUMN "clientId" TYPE varchar(20);
-- next migration
-- Other rows, another limit, another column.
DELETE FROM tokens WHERE code = '' AND id < 7;
DELETE FROM tokens WHERE length(code) > 35;
DELETE FROM tokens WHERE length(kind) > 30;
-- lockstep: allow change-type-rewrites: a small table
ALTER TABLE tokens ALTER COLUMN code TYPE varchar(30);
-- next migration
-- Nor in another migration, since when new ones may have come.
-- lockstep: allow change-type-rewrites: a small table
ALTER TABLE tokens ALTER COLUMN kind TYPE varchar(30);
-- next migration
DELETE FROM tokens WHERE n NOT BETWEEN -2147483648 AND 2147483647;
-- lockstep: allow change-type-rewrites: a small table
ALTER TABLE tokens ALTER COLUMN n TYPE int;
-- rewrite differs: the columns that change places come last
