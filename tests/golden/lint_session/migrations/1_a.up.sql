SET lock_timeout = '2s';
SET search_path = app;
SELECT set_config('role', 'owner', false);
CREATE TABLE app.orders (id bigint PRIMARY KEY);
