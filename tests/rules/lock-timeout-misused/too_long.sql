SET lock_timeout = '60s';
SET lock_timeout = '61s';
SET LOCAL lock_timeout = 60001;
SET lock_timeout = '2min';
SET lock_timeout TO DEFAULT;
SELECT set_config('lock_timeout', '1h', false);
SELECT set_config('lock_timeout', '10 s', false);
