-- lockstep: irreversible: the beginning
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET row_security = off;

CREATE TABLE public.orders (id bigint PRIMARY KEY);
ALTER TABLE public.orders OWNER TO postgres;
