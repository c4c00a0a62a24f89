-- $1 attempt
SELECT EXISTS (SELECT FROM {schema}.history WHERE attempt = $1 AND outcome = 'done')
