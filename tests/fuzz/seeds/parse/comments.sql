-- a
/* b /* c */ */ ; ; SELECT 1 /* d */ -- e
;-- f