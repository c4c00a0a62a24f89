SELECT pg_catalog.set_config('search_path', '', false);
SELECT set_config('search_path', 'a, "B ""c", D', true);
SELECT set_config('Lock_Timeout', '2s', false), set_config('x.y', NULL, false);
SELECT set_config('a', 'b', false) FROM t;
SELECT set_config(name, 'b', false);
SELECT s.set_config('a', 'b', false);
