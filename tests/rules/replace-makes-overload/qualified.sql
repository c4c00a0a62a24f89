CREATE TYPE mood AS ENUM ('a');
CREATE FUNCTION m(a mood, b varchar(3)) RETURNS numeric LANGUAGE sql AS 'SELECT 1.0';
-- next migration
CREATE OR REPLACE FUNCTION public.m(a public.mood, b varchar) RETURNS numeric LANGUAGE sql AS 'SELECT 1.0';
